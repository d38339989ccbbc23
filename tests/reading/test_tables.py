"""Tables of delimited text."""

from pathlib import Path

import pytest

from annotator.errors import ColumnError, InputError
from annotator.reading import Failure, read
from tests.reading.written import NEWS, NEWS_TEXTS, OTHER, SENTENCE, read_all, texts, written


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_with_its_delimiter_and_quoted_line_ends(tmp_path: Path, delimiter: str) -> None:
    cell = f'{SENTENCE}\r\n\r\n""No, {OTHER}; \t | no""\n'
    table = f'id{delimiter}text\r\n1{delimiter}"{cell}"\r\n\r\n{delimiter}{SENTENCE}\r\n'

    articles = list(read([written(tmp_path / "a.csv", table)]))

    assert [article.text for article in articles] == [cell.replace('""', '"'), SENTENCE]
    assert [article.article_id for article in articles] == ["1", "a-4"]


def test_a_long_cell_is_no_error(tmp_path: Path) -> None:
    text = SENTENCE * 5000

    assert texts(written(tmp_path / "a.tsv", f"text\tid\n{text}\t1\n")) == [text]


def test_a_table_without_the_text_column_fails_once_and_says_what_to_try(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", f"id,body\n1,{SENTENCE}\n2,{OTHER}\n")

    _, failures = read_all(path)

    error = 'no column "text". Columns are: id, body. Try --text-column body'
    assert failures == [Failure(f"{path}, row 1", error)]
    with pytest.raises(ColumnError, match=r"a\.csv, row 1: no column"):
        texts(path)


def test_the_longest_column_is_suggested_where_no_name_tells(tmp_path: Path) -> None:
    _, (failure,) = read_all(written(tmp_path / "a.csv", f"a,b,c\nx,{SENTENCE},y\n"))

    assert failure.error.endswith("Try --text-column b")


def test_bad_rows_of_a_table_are_failures_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", f"id,text,desk\n1,,x\n2,{SENTENCE},\n3,He said so, she said,no,x\n4\n")

    articles, failures = read_all(path)

    assert [(article.text, article.metadata) for article in articles] == [(SENTENCE, {})]
    assert [failure.where for failure in failures] == [f"{path}, row {n}" for n in (2, 4, 5)]
    assert [failure.error.split(".")[0] for failure in failures] == ["no text", "5 cells below 3 columns", "no text"]


@pytest.mark.parametrize("table", ["text,id\n", "text,id\n,\n"])
def test_a_table_without_rows_is_an_error(tmp_path: Path, table: str) -> None:
    with pytest.raises(InputError, match="no text below the header"):
        texts(written(tmp_path / "a.csv", table))


def test_a_table_of_delimiters_only_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match="Columns are: none"):
        texts(written(tmp_path / "a.csv", ",,\n,,\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_long_table_is_read_row_by_row_to_the_same_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    path = tmp_path / "news.csv"
    table = "id;text\r\n" + "".join(f'{row["id"]};"{row["text"]}"\r\n' for row in NEWS)
    path.write_bytes(table.encode(encoding))
    assert texts(path) == NEWS_TEXTS
    monkeypatch.setattr("annotator.reading.tables.READ_AT_ONCE", 0)
    assert texts(path) == NEWS_TEXTS
    monkeypatch.setattr("annotator.reading.tables.BEGINNING", 1001)  # amid a character
    assert texts(path) == NEWS_TEXTS


def test_a_bad_row_of_a_long_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.reading.tables.READ_AT_ONCE", 0)
    path = tmp_path / "news.csv"
    path.write_text("id,text\na,It rained.\nb,\nc,one,two\n", encoding="utf-8")
    failures: list[Failure] = []
    assert len(list(read(path, on_failure=failures.append))) == 1
    assert [failure.where for failure in failures] == [f"{path}, row 3", f"{path}, row 4"]


def test_a_mark_that_is_not_closed_in_a_table_of_tabs_swallows_no_row(tmp_path: Path) -> None:
    table = f'id\ttext\n1\t"It is safe.\n2\t{SENTENCE}\n3\t"It is old," she said.\n4\t{OTHER}"\n'

    articles, failures = read_all(written(tmp_path / "a.tsv", table))

    assert [article.text for article in articles] == [
        '"It is safe.',
        SENTENCE,
        '"It is old," she said.',
        f'{OTHER}"',
    ]
    assert failures == []


def test_a_mark_that_is_not_closed_is_a_failure_of_its_row_alone(tmp_path: Path) -> None:
    table = f'id,text\n1,"It is safe.\n2,{SENTENCE}\n3,"Closed, and over\ntwo lines."\n4,"{OTHER}\n'
    path = written(tmp_path / "a.csv", table)

    articles, failures = read_all(path)

    assert [article.text for article in articles] == [SENTENCE, "Closed, and over\ntwo lines."]
    assert [failure.where for failure in failures] == [f"{path}, row 2", f"{path}, row 5"]
    assert {failure.error.split(".")[0] for failure in failures} == {"a quotation mark is opened here and not closed"}


def test_a_row_longer_than_any_article_does_not_take_the_next_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.reading.tables.MAX_ROW", 200)
    path = written(tmp_path / "a.csv", f"id,text\n1,{SENTENCE * 20}\n2,{OTHER}\n")

    articles, failures = read_all(path)

    assert [article.text for article in articles] == [OTHER]
    assert [failure.where for failure in failures] == [f"{path}, row 2"]


def test_two_columns_of_one_name_are_an_error_where_an_article_is_made_of_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'a\.csv, row 1: two columns are called "text"\. Rename one of them'):
        texts(written(tmp_path / "a.csv", f"text,text\n{SENTENCE},{OTHER}\n"))
    (article,) = read([written(tmp_path / "b.csv", f"text,tag,tag\n{SENTENCE},sea,ship\n")])
    assert article.metadata == {"tag": "sea", "tag (3)": "ship"}
