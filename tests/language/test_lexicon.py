"""Word lists, and what a user's folder adds to them and takes away."""

from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from annotator.cli import app as command
from annotator.errors import LexiconError
from annotator.language import lexicon
from annotator.language.lexicon import OURS, Lexicon, names, remembered, using
from annotator.pipeline import Annotator, default
from annotator.records import Article


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
        ("nouns", "| person | public\n", r"nouns\.txt, line 1: nothing stands before the \|"),
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
        Lexicon({name: "\n".join(OURS.phrases(name))})


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


def test_two_annotators_of_a_process_have_words_of_their_own() -> None:
    text = "It rained for a day, two officials told Gravelmoot on Monday."
    ours = default()
    mine = Annotator.__new__(Annotator)  # shares the loaded models
    mine.__dict__.update(ours.__dict__)
    mine.lexicon = Lexicon({"outlets": "Gravelmoot"})
    article = Article(article_id="rain", text=text, publisher="Babel")
    chains = [[one.annotate(article).chain_of(c) for c in one.annotate(article).claims] for one in (mine, ours)]
    assert chains[0] == [("two officials (anonymous)", "Gravelmoot", "Babel")]
    assert chains[1] != chains[0]


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
    assert "Lists are: act_cues" in unknown.stderr
