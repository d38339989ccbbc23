"""Reading: whatever a user names becomes articles, and what cannot be read is told with its place and its reason."""

import builtins
import datetime
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import ColumnError, EncodingError, InputError, MissingExtraError
from annotator.reading.read import SUFFIXES, Failure, Fields, decode, language_of, read, read_text
from annotator.records import Article

SENTENCE = "The harbour master said the ferry would sail on Friday."
QUOTED = "The mayor’s office said “no comment” — twice."
OTHER = "Police denied the report."


def texts(*inputs: str | Path, **options: Any) -> list[str]:
    return [article.text for article in read(inputs, **options)]


def ids(*inputs: str | Path, **options: Any) -> list[str]:
    return [article.article_id for article in read(inputs, **options)]


def read_all(*inputs: str | Path, **options: Any) -> tuple[list[Article], list[Failure]]:
    failures: list[Failure] = []
    return list(read(inputs, on_failure=failures.append, **options)), failures


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def json_lines(path: Path, *rows: Any) -> Path:
    return written(path, "".join(json.dumps(row) + "\n" for row in rows))


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# --- plain text ---

# Control characters are drawn apart: a short text made of them is taken for a binary file.
PRINTED = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r\x85"))
UNPRINTED = st.text(st.characters(max_codepoint=31), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(printed=PRINTED, unprinted=UNPRINTED)
def test_any_text_written_as_utf8_is_read_back_as_it_was(tmp_path: Path, printed: str, unprinted: str) -> None:
    text = f"{SENTENCE} {printed}{unprinted}{SENTENCE}"

    assert texts(written(tmp_path / "any.txt", text)) == [text]


@settings(deadline=None, max_examples=60)
@given(text=PRINTED)
def test_a_text_without_control_characters_is_read_or_blank(text: str) -> None:
    text = text.lstrip("\ufeff")  # at the beginning it is a byte order mark
    if text.strip():
        assert read_text(text.encode()).text == text
    else:
        with pytest.raises(InputError, match="no text"):
            read_text(text.encode())


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=300))
def test_no_bytes_raise_anything_but_our_own_errors(data: bytes) -> None:
    message = ""
    try:
        decode(data, "any.txt").encode()
    except EncodingError as error:
        message = str(error)

    assert message == "" or message.startswith("any.txt: ")


@pytest.mark.parametrize("suffix", [".txt", ".text", ".md", ".TXT"])
def test_a_text_file_is_one_article_named_by_its_stem(tmp_path: Path, suffix: str) -> None:
    assert ids(written(tmp_path / f"ferry.v2{suffix}", SENTENCE)) == ["ferry.v2"]


def test_line_ends_are_kept(tmp_path: Path) -> None:
    text = f"{SENTENCE}\r\n\r\n{OTHER}\r{SENTENCE}\n"

    assert texts(written(tmp_path / "a.txt", text)) == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_honoured_and_dropped(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding), "a.txt") == QUOTED


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_pattern(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding), "a.txt") == QUOTED


@pytest.mark.parametrize("text", [QUOTED, "Café owner René said it cost £5, not €6.", f"{SENTENCE} “Naïve,” said Zoë."])
def test_windows_text_is_read_however_short(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_latin1_is_recognised() -> None:
    text = "Die Behörde erklärte, die Brücke müsse für längere Zeit geschlossen bleiben. Darüber äußerte sich niemand."

    assert decode(text.encode("latin-1"), "a.txt") == text


def test_other_alphabets_are_guessed() -> None:
    text = "Министр сообщил журналистам, что переговоры продолжатся в пятницу. По его словам, решение ещё не принято."

    assert decode(text.encode("cp1251"), "a.txt") == text


def test_one_broken_byte_does_not_spoil_the_accents_of_a_utf8_text() -> None:
    text = "Zoë, René, José, Chloé and Noël met in Malmö."

    assert decode(text.encode() + b" \xff", "a.txt") == f"{text} \ufffd"


def test_a_mark_that_lies_is_an_encoding_error() -> None:
    with pytest.raises(EncodingError, match=r"a\.txt: begins as UTF-16 but is not"):
        decode(b"\xff\xfeabc", "a.txt")


def test_a_few_control_characters_do_not_make_a_text_binary() -> None:
    text = f"{SENTENCE}\x00 {SENTENCE}\x02"

    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04word/document.xml", "an Office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x00\x00\x00\x01" * 50, "binary data"),
    ],
)
def test_binary_data_is_named_with_what_to_do(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(EncodingError, match=rf"a\.txt: this is .*{kind}.* Save the article's text as a \.txt file"):
        texts(written(tmp_path / "a.txt", data))


@pytest.mark.parametrize("content", ["", " \r\n\t\n"])
@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {".parquet", ".arrow", ".warc", ".html", ".htm", ".xhtml"}))
def test_a_blank_file_has_no_text(tmp_path: Path, suffix: str, content: str) -> None:
    with pytest.raises(InputError, match=rf"blank\{suffix}: no text"):
        texts(written(tmp_path / f"blank{suffix}", content))


def test_a_text_in_memory_is_an_article_with_what_the_user_says() -> None:
    article = read_text(QUOTED, article_id="note", given={"publisher": "Harbour Post", "url": None})

    assert (article.article_id, article.text, article.publisher, article.url) == ("note", QUOTED, "Harbour Post", None)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert read_text(f"a\ud800\udfffb {SENTENCE}").text == f"a\ufffd\ufffdb {SENTENCE}"


# --- files, folders, patterns, standard input ---


def test_a_folder_is_read_in_order_with_relative_ids(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "z.md", "a/.hidden.txt", ".git/y.txt", "a/picture.png"):
        written(tmp_path / name, f"{name} {SENTENCE}")

    assert ids(tmp_path) == ["a/x", "b/x", "z"]


def test_a_pattern_names_files(tmp_path: Path) -> None:
    for name in ("one/x.txt", "two/x.txt", "two/y.html", "three.txt"):
        written(tmp_path / name, SENTENCE)

    assert ids(f"{tmp_path}/*/x.txt") == ["one/x", "two/x"]
    assert ids(f"{tmp_path}/**/*.t[x]t") == ["one/x", "three", "two/x"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    assert ids(written(tmp_path / "ferry [draft].txt", SENTENCE)) == ["ferry [draft]"]


def test_a_single_path_need_not_be_in_a_list(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", SENTENCE)

    assert [article.text for article in read(str(path))] == [SENTENCE]
    assert [article.text for article in read(path)] == [SENTENCE]


def test_a_missing_file_is_an_error_that_names_similar_ones(tmp_path: Path) -> None:
    written(tmp_path / "ferry.txt", SENTENCE)

    with pytest.raises(InputError, match=r"fery\.txt: no such file or folder\. Similar names: ferry\.txt"):
        texts(tmp_path / "fery.txt")


def test_nothing_to_read_in_a_folder_or_pattern_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "picture.png", b"\x89PNG\r\n")

    for entry in (tmp_path, f"{tmp_path}/*.txt"):
        with pytest.raises(InputError, match=r"no files to read there\. .*\.txt"):
            texts(entry)


def test_an_unknown_suffix_is_an_error_and_a_pdf_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.log: \.log files are not read\. Save it as \.txt"):
        texts(written(tmp_path / "a.log", SENTENCE))
    with pytest.raises(EncodingError, match="this is a PDF"):
        texts(written(tmp_path / "a.pdf", b"%PDF-1.4 and so on"))


def test_what_cannot_be_read_is_reported_and_reading_goes_on(tmp_path: Path) -> None:
    good = written(tmp_path / "good.txt", SENTENCE)
    blank = written(tmp_path / "blank.txt", "")

    articles, failures = read_all(blank, tmp_path / "none.txt", good)

    assert [article.text for article in articles] == [SENTENCE]
    assert failures[0] == Failure(str(blank), "no text")
    assert failures[1].where == str(tmp_path / "none.txt")
    assert failures[1].error.startswith("no such file or folder")


def test_ids_that_occur_twice_are_numbered(tmp_path: Path) -> None:
    rows = [{"id": name, "text": SENTENCE} for name in ("a", "a", "a-2", "a", "b")]

    assert ids(json_lines(tmp_path / "rows.jsonl", *rows)) == ["a", "a-2", "a-2-2", "a-3", "b"]


def test_the_same_stem_in_two_folders_makes_two_ids(tmp_path: Path) -> None:
    first, second = (written(tmp_path / folder / "x.txt", SENTENCE) for folder in "ab")

    assert ids(first, second) == ["x", "x-2"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"\n{SENTENCE}\r\n", [("stdin", f"\n{SENTENCE}\r\n")]),
        (
            json.dumps({"text": SENTENCE}) + "\n\n" + json.dumps({"text": OTHER}),
            [("stdin-1", SENTENCE), ("stdin-3", OTHER)],
        ),
        (json.dumps({"text": SENTENCE}, indent=2), [("stdin", SENTENCE)]),
        (json.dumps([{"text": SENTENCE}, {"text": OTHER}]), [("stdin-1", SENTENCE), ("stdin-2", OTHER)]),
    ],
)
def test_standard_input_is_what_it_looks_like(
    monkeypatch: pytest.MonkeyPatch, data: str, expected: list[tuple[str, str]]
) -> None:
    feed(monkeypatch, data.encode())

    assert [(article.article_id, article.text) for article in read(["-"])] == expected


@pytest.mark.parametrize("start", ["<!DOCTYPE html><html>", "<html>", '<?xml version="1.0"?><html>'])
def test_a_page_on_standard_input_is_read_as_a_page(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    feed(monkeypatch, f"{start}<body><article><h1>Ferry sails</h1><p>{SENTENCE}</p></article></body></html>".encode())

    (article,) = read(["-"])

    assert article.text.endswith(SENTENCE)
    assert "<p>" not in article.text


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"")

    with pytest.raises(InputError, match="standard input: no text"):
        texts("-")


# --- JSON ---


def test_a_broken_line_is_one_failure_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", f'{{"text": "{SENTENCE}"}}\n{{"text": \n{{"text": "{OTHER}"}}\n')

    articles, failures = read_all(path)

    assert [(article.article_id, article.text) for article in articles] == [("a-1", SENTENCE), ("a-3", OTHER)]
    assert [failure.where for failure in failures] == [f"{path}, line 2"]
    assert failures[0].error.startswith("not valid JSON: Expecting value")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"text": ""}', "no text"),
        ('{"text": null}', "no text"),
        ('{"text": NaN}', "no text"),
        ('{"text": ["a", "b"]}', "'text' holds a list, not text"),
        ("[1, 2]", "not a JSON object but a list"),
        ('{"story": "s", "n": 1}', 'no field "text". Fields are: story, n. Try --text-column story'),
        ('{"n": 1}', 'no field "text". Fields are: n'),
        ("{}", 'no field "text". Fields are: none'),
        ('{"text": "x", "deep": ' + "[" * 200 + "]" * 200 + "}", "lists and objects are nested deeper than 50 levels"),
        ('{"text": "caf\udce9"}', "not UTF-8 at byte 13"),
    ],
)
def test_a_line_that_is_no_article_says_why(tmp_path: Path, line: str, error: str) -> None:
    path = written(tmp_path / "a.jsonl", line.encode("utf-8", "surrogateescape") + b"\n")

    _, failures = read_all(path)

    assert len(failures) == 1
    assert failures[0].where == f"{path}, line 1"
    assert failures[0].error.startswith(error)


def test_lines_nested_beyond_measure_raise_our_own_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl, line 1: "):
        texts(written(tmp_path / "a.jsonl", "[" * 200_000 + "\n"))


def test_lone_surrogates_of_json_can_be_written_again(tmp_path: Path) -> None:
    line = '{"text": "smile \\ud83d\\ude00 half \\ud83d.", "title": "\\udc00", "note": {"k\\ud800": ["\\ud800"]}}'

    (article,) = read([written(tmp_path / "a.jsonl", line)])

    assert article.text == "smile \U0001f600 half \ufffd."
    assert (article.title, article.metadata) == ("\ufffd", {"note": {"k\ufffd": ["\ufffd"]}})
    article.model_dump_json().encode()


def test_a_line_separator_inside_a_json_string_does_not_end_the_line(tmp_path: Path) -> None:
    text = f"{SENTENCE}\u2028{OTHER}\x85"
    line = json.dumps({"text": text}, ensure_ascii=False)

    assert texts(written(tmp_path / "a.jsonl", line + "\r\n" + line)) == [text, text]
    assert texts(written(tmp_path / "b.ndjson", (line + "\n").encode("utf-16"))) == [text]


def test_a_json_file_holds_an_object_a_list_or_lines(tmp_path: Path) -> None:
    row = json.dumps({"text": SENTENCE})

    assert ids(written(tmp_path / "one.json", row)) == ["one"]
    assert ids(written(tmp_path / "list.json", f"[{row}, {row}]")) == ["list-1", "list-2"]
    assert ids(written(tmp_path / "lines.json", f"{row}\n{row}\n")) == ["lines-1", "lines-2"]
    with pytest.raises(InputError, match=r"bad\.json: not valid JSON: "):
        ids(written(tmp_path / "bad.json", '{"text": '))
    with pytest.raises(InputError, match=r"empty\.json: no text"):
        ids(written(tmp_path / "empty.json", "[]"))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl.gz", json.dumps({"text": SENTENCE})), ("a.csv.gz", f"text\n{SENTENCE}\n"), ("a.txt.gz", SENTENCE)],
)
def test_compressed_files_are_read(tmp_path: Path, name: str, content: str) -> None:
    path = written(tmp_path / name, gzip.compress(content.encode()))

    (article,) = read([tmp_path])

    assert article.text == SENTENCE
    assert article.article_id.startswith("a")
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=rf"{name}.*: "):
        texts(path)


def test_known_fields_have_their_place_and_the_others_are_metadata(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "body": SENTENCE,
        "title": " Ferry ",
        "byline": ["Ann Field", "Bo Marsh"],
        "published": 20240305,
        "section": "local",
        "words": 10,
        "share": 0.5,
        "none": None,
        "not a number": float("nan"),
        "tags": ["sea", None],
    }

    (article,) = read([json_lines(tmp_path / "a.jsonl", row)], fields=Fields(text="body"))

    assert (article.article_id, article.title, article.byline) == ("7", "Ferry", "Ann Field, Bo Marsh")
    assert article.published == "2024-03-05"
    assert article.metadata == {"section": "local", "words": 10, "share": 0.5, "tags": ["sea"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-05T08:30:00Z", "2024-03-05T08:30:00Z"),
        ("5 March 2024", "5 March 2024"),
        (1709627400, "2024-03-05T08:30:00+00:00"),
        (1709627400000, "2024-03-05T08:30:00+00:00"),
        (2024, "2024"),
        ("99999999", "99999999"),
        (None, None),
        ("", None),
    ],
)
def test_the_date_is_iso_where_it_is_sure(tmp_path: Path, value: Any, expected: str | None) -> None:
    (article,) = read([json_lines(tmp_path / "a.jsonl", {"text": SENTENCE, "published": value})])

    assert article.published == expected


def test_what_the_user_says_wins_over_the_input(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"text": SENTENCE, "publisher": "Wire", "title": "Ferry"})

    (article,) = read([path], given={"publisher": "Harbour Post", "title": ""})

    assert (article.publisher, article.title) == ("Harbour Post", "Ferry")


def test_only_facts_about_an_article_can_be_given() -> None:
    with pytest.raises(InputError, match=r"cannot be given for an article: text\. What can be given: title, "):
        list(read([], given={"text": "x"}))


# --- tables ---


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


def test_a_parquet_table_is_read(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [
        {"text": SENTENCE, "published": datetime.date(2024, 3, 5), "seen": datetime.datetime(2024, 3, 6, 7), "n": 1.5},
        {"text": None, "published": None, "seen": None, "n": None},
        {"text": OTHER, "published": None, "seen": None, "n": float("nan")},
    ]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)

    articles, failures = read_all(path)

    assert [(article.article_id, article.text) for article in articles] == [("a-1", SENTENCE), ("a-3", OTHER)]
    assert (articles[0].published, articles[0].metadata) == ("2024-03-05", {"seen": "2024-03-06T07:00:00", "n": 1.5})
    assert articles[1].metadata == {}
    assert failures == [Failure(f"{path}, row 2", "no text")]
    with pytest.raises(ColumnError, match=r'row 1: no column "body"\. Columns are: text, published, seen, n\. Try'):
        texts(path, fields=Fields(text="body"))


def test_a_file_that_is_no_parquet_is_an_error(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")

    with pytest.raises(InputError, match=r"a\.parquet: not a sound Parquet file"):
        texts(written(tmp_path / "a.parquet", b"PAR1 and nothing more"))


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without_pyarrow(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pyarrow)

    with pytest.raises(MissingExtraError, match=r"Parquet needs .*attribution-annotator\[parquet\]"):
        texts(written(tmp_path / "a.parquet", b"PAR1"))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ROWS = st.dictionaries(st.sampled_from(["id", "text", "title", "published", "byline", "other"]), JSON_VALUES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(rows=st.lists(ROWS, max_size=4))
def test_any_json_becomes_articles_that_can_be_written_or_failures(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    articles, failures = read_all(json_lines(tmp_path / "any.jsonl", *rows))

    assert len(articles) + len(failures) == max(len(rows), 1)
    assert len({article.article_id for article in articles}) == len(articles)
    for article in articles:
        assert Article.model_validate_json(article.model_dump_json()) == article


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.binary(max_size=200) | st.text().map(str.encode), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_every_file_is_articles_or_failures(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = written(tmp_path / f"any{suffix}", data)

    articles, failures = read_all(path)

    assert articles or failures
    assert all(article.text.strip() for article in articles)
    assert all(failure.where.startswith(str(path)) and failure.error for failure in failures)


# --- language ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SENTENCE, "en"),
        ("Le maire a déclaré vendredi que le pont resterait fermé pendant tout l'été.", "fr"),
        ("Der Minister sagte am Freitag, die Gespräche würden fortgesetzt.", "de"),
        ("1234 5678, he said", None),
        ("", None),
    ],
)
def test_the_language_is_told_where_there_is_enough_text(text: str, code: str | None) -> None:
    assert language_of(text) == code
