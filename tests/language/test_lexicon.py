"""Users' own words: what they add counts and what they remove does not, and what does not fit is named."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.corpus.settings import Wish
from annotator.corpus.worker import Worker
from annotator.errors import LexiconError
from annotator.language import lexicon
from annotator.language.lexicon import Changes
from annotator.records import AnnotatedArticle, Article

ROOT = Path(__file__).parents[2]
TOLD = "The bridge is closed, two officials told {} on Monday."
TITLED = "The road is closed, {} Anna Moor said on Monday."
SURMISED, CLAIMED = "The mayor surmised that it was closed.", "The mayor claimed that it was closed."
TEXTS = (
    TOLD.format("Zorvox"),
    TOLD.format("Axios"),
    TITLED.format("Burgravine"),
    TITLED.format("Ayatollah"),
    SURMISED,
    CLAIMED,
)
OWN = {
    "outlets.txt": "# Of our town\nZorvox\n- Axios\n",
    "titles.txt": "Burgravine\n-Ayatollah",
    "cues.txt": "surmise | distancing | opinion  # seldom sure\n- Claim\n",
}


def folder_of(files: dict[str, str], at: Path) -> Path:
    at.mkdir(exist_ok=True)
    for name, text in files.items():
        (at / name).write_text(text, encoding="utf-8")
    return at


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return folder_of(OWN, tmp_path / "own")


def annotated(changes: Changes) -> dict[str, AnnotatedArticle]:
    with Worker(Wish(records=True, words=changes)) as worker:
        done = worker.annotate([Article(article_id="a", text=text, publisher="Babel") for text in TEXTS])
    return {text: AnnotatedArticle.model_validate_json(one.record or "") for text, one in zip(TEXTS, done, strict=True)}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, AnnotatedArticle], ...]:
    """The texts annotated with our words, and with those of a folder besides."""
    return annotated(Changes()), annotated(lexicon.read(folder_of(OWN, tmp_path_factory.mktemp("own"))))


def chain(record: AnnotatedArticle) -> str:
    return " > ".join(record.chain_of(record.claims[0]))


def test_an_added_outlet_is_in_the_chain_and_a_removed_one_is_not(
    records: tuple[dict[str, AnnotatedArticle], ...],
) -> None:
    added, removed = ([chain(made[TOLD.format(name)]) for made in records] for name in ("Zorvox", "Axios"))
    assert added == ["two officials (anonymous) > Babel", "two officials (anonymous) > Zorvox > Babel"]
    assert removed == ["two officials (anonymous) > Axios > Babel", "two officials (anonymous) > Babel"]


def test_an_added_title_is_no_part_of_the_name_and_a_removed_one_is(
    records: tuple[dict[str, AnnotatedArticle], ...],
) -> None:
    added, removed = ([chain(made[TITLED.format(name)]) for made in records] for name in ("Burgravine", "Ayatollah"))
    assert added == ["Burgravine Anna Moor > Babel", "Anna Moor > Babel"]
    assert removed == ["Anna Moor > Babel", "Ayatollah Anna Moor > Babel"]


def test_an_added_cue_has_its_stance_and_kind_and_a_removed_one_none(
    records: tuple[dict[str, AnnotatedArticle], ...],
) -> None:
    added, removed = ([(m[text].claims[0].stance, m[text].claims[0].kind) for m in records] for text in TEXTS[4:])
    assert added == [("neutral", "statement"), ("distancing", "opinion")]
    assert removed == [("distancing", "statement"), ("neutral", "statement")]


def test_the_record_tells_the_words_that_made_it(records: tuple[dict[str, AnnotatedArticle], ...]) -> None:
    ours, theirs = ({record.tool.lexicon for record in made.values()} for made in records)
    assert ours == {lexicon.version_with(Changes())}
    [told] = theirs
    assert told.startswith(f"{ours.pop()}+")


def test_the_digest_is_that_of_the_entries(own: Path, tmp_path: Path) -> None:
    bare = folder_of({**OWN, "outlets.txt": "\ufeff-Axios\n\nZorvox\r\n"}, tmp_path / "bare")
    assert lexicon.read(bare) == lexicon.read(own)
    other = folder_of({**OWN, "outlets.txt": "Zorvox"}, tmp_path / "other")
    assert lexicon.read(other).digest != lexicon.read(own).digest


def test_a_line_comes_before_ours_and_takes_the_place_of_ours_with_the_same_first_column(tmp_path: Path) -> None:
    changes = lexicon.read(folder_of({"cues.txt": "surmise | neutral\nSay | endorsing"}, tmp_path / "own"))
    entries = lexicon.in_force("cues", changes)
    assert entries[:2] == ("surmise | neutral", "Say | endorsing")
    assert entries[2:] == tuple(entry for entry in lexicon.ours("cues") if entry != "say | neutral")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"outlet.txt": "Zorvox"}, r"outlet\.txt: is none of our word lists\. Is it 'outlets\.txt'\?"),
        ({"outlets.csv": "Zorvox"}, r"outlets\.csv: is none of our word lists"),
        (
            {"recipes.md": "Zorvox"},
            r"recipes\.md: is none of our word lists\. Files are: act_cues\.txt, .*outlets\.txt",
        ),
        ({}, r"own: has no word list"),
        ({"outlets.txt": "# ours\n\nZorvox | media"}, r"outlets\.txt, line 3: .* not have the columns of our outlets"),
        ({"cues.txt": "quip"}, r"cues\.txt, line 1: 'quip' does not have the columns of our cues\.txt: say \| neutral"),
        ({"cues.txt": "quip | neutral | opinion | so"}, r"cues\.txt, line 1: .* does not have the columns"),
        ({"cues.txt": "quip | "}, r"cues\.txt, line 1: .* does not have the columns"),
        ({"cues.txt": "say | neutral\nquip | doubting"}, r"cues\.txt, line 2: 'doubting' is none of: denying, dist"),
        ({"cues.txt": "quip | neutral | joke"}, r"cues\.txt, line 1: 'joke' is none of: .*opinion"),
        ({"nouns.txt": "reeve | person | crown"}, r"nouns\.txt, line 1: 'crown' is none of: academic, corporate"),
        ({"outlets.txt": "-Axioss"}, r"outlets\.txt, line 1: 'Axioss' is not in our .* cannot go\. Is it 'Axios'\?"),
        ({"outlets.txt": "-"}, r"outlets\.txt, line 1: '' is not in our outlets\.txt"),
        ({"outlets.txt": "- Axios\nAxios"}, r"outlets\.txt, line 2: 'Axios' stands in line 1 already"),
        ({"outlets.txt": "Axios\n- Axios"}, r"outlets\.txt, line 2: 'Axios' stands in line 1 already"),
        ({"cues.txt": "quip | neutral\nQuip | denying"}, r"cues\.txt, line 2: 'quip' stands in line 1 already"),
    ],
)
def test_what_does_not_fit_is_named_with_its_file_and_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        lexicon.read(folder_of(files, tmp_path / "own"))


def test_a_file_that_is_no_text_and_a_folder_that_is_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "outlets.txt").write_bytes("Zorvox\nÉcho\n".encode("latin-1"))
    with pytest.raises(LexiconError, match=r"outlets\.txt, line 2: is no text in UTF-8"):
        lexicon.read(tmp_path)
    with pytest.raises(LexiconError, match=r"outlets\.txt: no folder of word lists"):
        lexicon.read(tmp_path / "outlets.txt")


def test_hidden_files_and_a_line_that_stands_twice_do_no_harm(tmp_path: Path) -> None:
    own = folder_of({".DS_Store": "-", "outlets.txt": "Zorvox\nZorvox"}, tmp_path / "own")
    assert lexicon.read(own) == Changes(added={"outlets": ("Zorvox",)})


@pytest.mark.parametrize("name", lexicon.names())
def test_our_own_lines_fit_what_is_asked_of_a_user(name: str, tmp_path: Path) -> None:
    whole = {entry.split("|")[0].strip().lower(): entry for entry in lexicon.ours(name)}
    own = folder_of({f"{name}.txt": "\n".join(whole.values())}, tmp_path / "own")
    assert set(lexicon.in_force(name, lexicon.read(own))) >= set(whole.values())


def test_a_process_keeps_to_the_words_that_it_began_with(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_chosen", None)
    lexicon.use_lexicon(own)
    lexicon.use_lexicon(own)  # the same again is no other
    assert lexicon.chosen() == lexicon.read(own)
    with pytest.raises(LexiconError, match=r"has begun with other words"):
        lexicon.use(Changes())


def test_words_are_refused_once_ours_were_looked_up(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_chosen", None)
    lexicon.phrases.__wrapped__("outlets")
    with pytest.raises(LexiconError, match=r"has begun with other words"):
        lexicon.use_lexicon(own)


def test_in_python_a_folder_is_chosen_before_the_first_article(own: Path) -> None:
    program = (
        "import annotator, sys\n"
        "annotator.use_lexicon(sys.argv[1])\n"
        f"record = annotator.annotate({TOLD.format('Zorvox')!r}, publisher='Babel')\n"
        "print(*record.chain_of(record.claims[0]), sep=' > ')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(own)], capture_output=True, text=True, cwd=ROOT)
    assert ended.stdout == "two officials (anonymous) > Zorvox > Babel\n", ended.stderr


def test_annotate_and_evaluate_take_a_folder(own: Path, tmp_path: Path) -> None:
    article = tmp_path / "bridge.txt"
    article.write_text(TOLD.format("Zorvox"), encoding="utf-8")
    made = command("annotate", str(article), "--publisher", "Babel", "--lexicon", str(own))
    record = AnnotatedArticle.model_validate_json(made)
    assert chain(record) == "two officials (anonymous) > Zorvox > Babel"
    gold, report = ROOT / "tests" / "gold" / "anonymous-politics.json", tmp_path / "report.json"
    command("evaluate", str(gold), "--totals", "--json", str(report), "--lexicon", str(own))
    assert json.loads(report.read_text(encoding="utf-8"))["tool"]["lexicon"] == record.tool.lexicon


def command(*words: str) -> str:
    ended = subprocess.run([sys.executable, "-m", "annotator", *words], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_example_of_the_readme_fits(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r'^echo "(.*)" > our-words/(\w+\.txt)', readme, re.MULTILINE)
    changes = lexicon.read(folder_of({name: entry for entry, name in lines}, tmp_path / "our-words"))
    assert (set(changes.added), set(changes.removed)) == ({"outlets", "cues"}, {"titles"})


def test_the_words_in_force_are_shown(own: Path) -> None:
    shown = CliRunner().invoke(app, ["lexicon", "--lexicon", str(own)]).stdout
    ours = len(lexicon.ours("outlets"))
    assert f"outlets.txt{'':<13}{ours:>6} entries\n  + Zorvox\n  - Axios\n" in shown
    assert shown.endswith(f"lexicon {lexicon.version_with(lexicon.read(own))}\n")
    assert f"  - claim\ndate_labels.txt{'':<9}" in shown


def test_a_list_is_printed_as_it_is_in_force(own: Path) -> None:
    lines = CliRunner().invoke(app, ["lexicon", "outlets", "--lexicon", str(own)]).stdout.splitlines()
    assert lines[0] == "Zorvox"
    assert set(lines) == (set(lexicon.ours("outlets")) | {"Zorvox"}) - {"Axios"}


def test_a_list_that_there_is_not_and_words_that_do_not_fit_end_the_command(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["lexicon", "oulets"])
    assert (result.exit_code, "no list oulets. Lists are: act_cues" in result.stderr) == (2, True)
    own = folder_of({"cues.txt": "quip"}, tmp_path / "own")
    for words in (["annotate", "-"], ["evaluate", str(tmp_path)], ["serve"], ["lexicon"]):
        result = CliRunner().invoke(app, [*words, "--lexicon", str(own)])
        assert (result.exit_code, "cues.txt, line 1" in result.stderr) == (2, True), words
