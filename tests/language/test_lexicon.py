"""Word lists, and what a user's folder adds to them and takes away."""

import json
import re
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from annotator.cli import app as command
from annotator.errors import LexiconError
from annotator.language import lexicon
from annotator.language.lexicon import OURS, Lexicon, names, remembered, using
from annotator.pipeline import Annotator, default
from annotator.records import AnnotatedArticle, Article

ROOT = Path(__file__).parents[2]


def folder_with(tmp_path: Path, **lists: str) -> Path:
    for name, text in lists.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_lines_are_added_and_one_of_ours_goes(tmp_path: Path) -> None:
    mine = Lexicon.read(folder_with(tmp_path, outlets="# my town\nHarbour Gazette\n- Axios  # gone\n\n"))
    assert "Harbour Gazette" in mine.phrases("outlets")
    assert "Axios" in OURS.phrases("outlets")
    assert "Axios" not in mine.phrases("outlets")
    assert mine.changes["outlets"] == lexicon.Change(("Harbour Gazette",), ("Axios",))
    assert mine.phrases("titles") == OURS.phrases("titles")


def test_a_line_takes_the_place_of_ours_with_the_same_first_column(tmp_path: Path) -> None:
    mine = Lexicon.read(folder_with(tmp_path, cues="say | distancing\n"))
    assert OURS.table("cues")["say"] == ("neutral",)
    assert mine.table("cues")["say"] == ("distancing",)
    assert len(mine.phrases("cues")) == len(OURS.phrases("cues"))


def test_a_row_of_columns_is_known_by_its_first_column_whatever_its_case(tmp_path: Path) -> None:
    mine = Lexicon.read(folder_with(tmp_path, cues="Say | distancing\n-Claim\n"))
    assert mine.table("cues")["say"] == ("distancing",)
    assert "claim" not in mine.table("cues")
    assert len(mine.phrases("cues")) == len(OURS.phrases("cues")) - 1


def test_a_line_of_the_user_comes_before_ours(tmp_path: Path) -> None:
    mine = Lexicon.read(folder_with(tmp_path, affiliations="harbour court | judiciary\n"))
    assert mine.phrases("affiliations") == ("harbour court | judiciary", *OURS.phrases("affiliations"))


def test_a_line_that_stands_twice_does_no_harm(tmp_path: Path) -> None:
    mine = Lexicon.read(folder_with(tmp_path, outlets="\ufeffHarbour Gazette\r\nHarbour Gazette\n-Axios\n- Axios\n"))
    assert mine.changes["outlets"] == lexicon.Change(("Harbour Gazette",), ("Axios",))


def test_hidden_files_are_none_of_the_lists(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\x00\xff")
    assert Lexicon.read(folder_with(tmp_path, outlets="Harbour Gazette")).texts.keys() == {"outlets"}


def test_the_version_tells_of_the_users_part_and_comments_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = Lexicon.read(folder_with(tmp_path / "a", outlets="Harbour Gazette\n"))
    told = Lexicon.read(folder_with(tmp_path / "b", outlets="# mine\nHarbour Gazette # daily\n"))
    assert plain.version() == told.version()
    assert plain.version().startswith(f"{OURS.version()}+")
    assert plain.version() != Lexicon({"outlets": "Harbour Journal"}).version()
    assert Lexicon({"outlets": "# nothing yet\n"}).version() == OURS.version()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cues", "say | neutral\nquip | neutrl\n", r"cues\.txt, line 2: 'neutrl' is none of denying, distancing"),
        ("cues", "quip\n", r"cues\.txt, line 1: 'quip' has 1 columns\. Entries look like this: say \| neutral"),
        ("outlets", "Gazette | media\n", r"outlets\.txt, line 1: 'Gazette \| media' has 2 columns"),
        ("outlets", "\n-Axois\n", r"outlets\.txt, line 2: 'Axois' is to go .* Is it 'Axios'\?"),
        ("nouns", "| person | public\n", r"nouns\.txt, line 1: nothing stands before a \|"),
        ("cues", "quip | \n", r"cues\.txt, line 1: nothing stands behind a \|"),
        ("demonyms", "Elsund | \n", r"demonyms\.txt, line 1: nothing stands behind a \|"),
        ("cues", "quip | neutral | opinion | so\n", r"cues\.txt, line 1: .* has 4 columns"),
        ("nouns", "reeve | person | crown\n", r"nouns\.txt, line 1: 'crown' is none of academic, corporate"),
        ("outlets", "Axios\n- Axios\n", r"outlets\.txt, line 2: says something else of 'Axios' than line 1"),
        ("cues", "quip | denying\nQuip | neutral\n", r"cues\.txt, line 2: says something else of 'quip' than line 1"),
        ("outlets", "-\n", r"outlets\.txt, line 1: '' is to go and is not in our outlets\.txt"),
        ("outlet", "Gazette\n", r"outlet\.txt: there is no such word list\. Is it outlets\.txt\?"),
    ],
)
def test_what_does_not_fit_is_told_with_file_and_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        Lexicon.read(folder_with(tmp_path, **{name: text}))


def test_a_file_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "outlets.txt").write_bytes(b"Gazette\nCaf\xe9 Courier\n")
    with pytest.raises(LexiconError, match=r"outlets\.txt, line 2: is no text in UTF-8"):
        Lexicon.read(tmp_path)


def test_a_folder_that_is_not_there_or_is_empty_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="holds no word list"):
        Lexicon.read(tmp_path)
    with pytest.raises(LexiconError, match="no folder of word lists"):
        Lexicon.read(tmp_path / "nowhere")


def test_every_line_of_ours_fits_its_own_list() -> None:
    for name in names():
        unlike = {entry.split("|")[0].strip().lower(): entry for entry in OURS.phrases(name)}  # "COmfort", "Comfort"
        assert Lexicon({name: "\n".join(unlike.values())}).changes[name].added == tuple(unlike.values())


def test_a_lexicon_is_in_force_in_its_block_and_thread_only() -> None:
    mine, seen = Lexicon({"outlets": "Harbour Gazette"}), []
    with using(mine):
        assert "Harbour Gazette" in lexicon.phrases("outlets")
        other = Thread(target=lambda: seen.append("Harbour Gazette" in lexicon.phrases("outlets")))
        other.start()
        other.join()
    assert seen == [False]
    assert "Harbour Gazette" not in lexicon.phrases("outlets")


def test_what_is_made_of_words_is_made_for_each_lexicon() -> None:
    @remembered
    def longest(name: str) -> str:
        return max(lexicon.phrases(name), key=len)

    ours = longest("outlets")
    with using(Lexicon({"outlets": "The Very Long Name of the Harbour Gazette of the Northern Islands and Ports"})):
        assert longest("outlets").endswith("Islands and Ports")
    assert longest("outlets") == ours


TITLED = "The road is closed, {} Anna Moor said on Monday."
TOLD = "It rained for a day, two officials told {} on Monday."
# Who hears it may be a town, where no list knows an outlet of the name.
AT_SEA = "It rained for a day, two officials told Gravelmoot on Monday. Gravelmoot lies at the sea."


def made_of(text: str, words: Lexicon) -> AnnotatedArticle:
    """The record of a text by an annotator with these words, which shares its models with the others."""
    annotator = Annotator.__new__(Annotator)
    annotator.__dict__.update(default().__dict__)
    annotator.lexicon = words
    return annotator.annotate(Article(article_id="a", text=text, publisher="Babel"))


def chain_of(record: AnnotatedArticle) -> str:
    return " > ".join(record.chain_of(record.claims[0]))


@pytest.mark.parametrize(
    ("text", "lists", "ours", "theirs"),
    [
        pytest.param(
            AT_SEA,
            {"outlets": "Gravelmoot"},
            "two officials (anonymous) > Babel",
            "two officials (anonymous) > Gravelmoot > Babel",
            id="outlet added",
        ),
        pytest.param(
            TOLD.format("Axios"),
            {"outlets": "- Axios"},
            "two officials (anonymous) > Axios > Babel",
            "two officials (anonymous) > Babel",
            id="outlet removed",
        ),
        pytest.param(
            TITLED.format("Kotwal"),
            {"titles": "Kotwal"},
            "Kotwal Anna Moor > Babel",
            "Anna Moor > Babel",
            id="title added",
        ),
    ],
)
def test_added_and_removed_names_change_the_chain(text: str, lists: dict[str, str], ours: str, theirs: str) -> None:
    assert [chain_of(made_of(text, words)) for words in (OURS, Lexicon(lists))] == [ours, theirs]


@pytest.mark.parametrize(
    ("verb", "line", "ours", "theirs"),
    [
        pytest.param(
            "surmised", "surmise | distancing | opinion", "neutral statement", "distancing opinion", id="added"
        ),
        pytest.param("claimed", "- claim", "distancing statement", "neutral statement", id="removed"),
        pytest.param("said", "say | endorsing", "neutral statement", "endorsing statement", id="put in place of ours"),
    ],
)
def test_a_cue_has_the_stance_and_kind_of_its_line(verb: str, line: str, ours: str, theirs: str) -> None:
    text = f"The mayor {verb} that the bridge was closed."
    claims = [made_of(text, words).claims[0] for words in (OURS, Lexicon({"cues": line}))]
    assert [f"{claim.stance} {claim.kind}" for claim in claims] == [ours, theirs]


def test_the_lines_above_the_text_are_read_with_the_users_words_too() -> None:
    text = "Harbour bridge closed\nPenned by Ines Halloran\n\nThe bridge is closed, the mayor said on Monday.\n"
    assert made_of(text, OURS).article.byline is None
    assert made_of(text, Lexicon({"byline_labels": "Penned by"})).article.byline is not None


def test_an_annotator_takes_a_folder(tmp_path: Path) -> None:
    annotator = Annotator(lexicon=folder_with(tmp_path, outlets="Gravelmoot"))
    record = annotator.annotate(Article(article_id="rain", text=AT_SEA, publisher="Babel"))
    assert chain_of(record) == "two officials (anonymous) > Gravelmoot > Babel"
    assert record.tool.lexicon == annotator.lexicon.version() != OURS.version()


def test_nothing_made_of_words_is_kept_for_all_lexicons_alike() -> None:
    readers = {
        path.relative_to(ROOT / "annotator").as_posix(): text
        for path in (ROOT / "annotator").rglob("*.py")
        if re.search(
            r"from annotator\.language(?:\.lexicon)? import [^\n]*\b(?:lexicon|phrases|entries|words|table)\b",
            text := path.read_text(encoding="utf-8"),
        )
    }
    assert "sources/titles.py" in readers
    kept = {
        name
        for name, text in readers.items()
        if re.search(r"^\s*@(?:functools\.)?(?:lru_)?cache\b", text, re.MULTILINE)
    }
    assert kept == set(), "lexicon.remembered instead, which keeps a result for each lexicon"


def test_two_annotators_of_a_process_have_words_of_their_own() -> None:
    ours = default()
    mine = Annotator.__new__(Annotator)  # shares the loaded models
    mine.__dict__.update(ours.__dict__)
    mine.lexicon = Lexicon({"outlets": "Gravelmoot"})
    article = Article(article_id="rain", text=AT_SEA, publisher="Babel")
    chains = [[one.annotate(article).chain_of(c) for c in one.annotate(article).claims] for one in (mine, ours)]
    assert chains[0][:1] == [("two officials (anonymous)", "Gravelmoot", "Babel")]
    assert chains[1] != chains[0]


def printed(*words: str) -> str:
    ended = subprocess.run([sys.executable, "-m", "annotator", *words], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_annotate_and_evaluate_take_a_folder(tmp_path: Path) -> None:
    folder, article, report = tmp_path / "words", tmp_path / "rain.txt", tmp_path / "report.json"
    folder.mkdir()
    folder_with(folder, outlets="Gravelmoot")
    article.write_text(AT_SEA, encoding="utf-8")
    words = ["--lexicon", str(folder)]
    record = AnnotatedArticle.model_validate_json(printed("annotate", str(article), "--publisher", "Babel", *words))
    assert chain_of(record) == "two officials (anonymous) > Gravelmoot > Babel"
    gold = ROOT / "tests" / "gold" / "anonymous-politics.json"
    printed("evaluate", str(gold), "--totals", "--json", str(report), *words)
    assert json.loads(report.read_text(encoding="utf-8"))["tool"]["lexicon"] == record.tool.lexicon


@pytest.mark.parametrize("words", [["annotate", "-"], ["annotate", "-", "--run", "-o", "run"], ["evaluate"], ["serve"]])
def test_words_that_do_not_fit_end_the_command(tmp_path: Path, words: list[str]) -> None:
    folder = folder_with(tmp_path, cues="quip")
    places = [str(ROOT / "tests" / "gold")] * (words == ["evaluate"])
    result = CliRunner().invoke(command, [*words, *places, "--lexicon", str(folder)])
    assert (result.exit_code, "cues.txt, line 1" in result.stderr) == (2, True), result.stderr


def test_the_example_of_the_readme_fits(tmp_path: Path) -> None:
    lines = re.findall(r'echo "(.*)" > our-words/(\w+)\.txt', (ROOT / "README.md").read_text(encoding="utf-8"))
    assert Lexicon.read(folder_with(tmp_path, **{name: entry for entry, name in lines})).changes


def test_the_command_shows_what_is_in_force(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, outlets="Harbour Gazette\n-Axios\n")
    overview = CliRunner().invoke(command, ["lexicon", "--lexicon", str(folder)])
    assert f"outlets\t{len(OURS.phrases('outlets'))}\t1 yours, 1 removed" in overview.stdout.splitlines()
    assert f"titles\t{len(OURS.phrases('titles'))}" in overview.stdout.splitlines()
    listed = CliRunner().invoke(command, ["lexicon", "outlets", "--lexicon", str(folder)]).stdout.splitlines()
    assert "Harbour Gazette" in listed
    assert "Axios" not in listed
    unknown = CliRunner().invoke(command, ["lexicon", "outlet"])
    assert unknown.exit_code == 2
    assert "Lists are: accusations, act_cues" in unknown.stderr
