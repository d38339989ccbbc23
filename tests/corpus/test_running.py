"""Runs: what they leave behind, the same bytes however they end, and the command that starts them."""

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.corpus import Limits, Settings, Summary, Watcher, run, summarize
from annotator.corpus.tasks import on_this_machine
from annotator.errors import InputError, OutputError
from annotator.formats import tables
from tests.corpus.hostile import hostile_files
from tests.corpus.news import ARTICLE, ROOT, SMALL, column, contents, lines, news

pq = pytest.importorskip("pyarrow.parquet")

TERMINAL = CliRunner()


def test_a_run_holds_the_tables_the_records_and_what_they_were_made_from(tmp_path: Path) -> None:
    summary = run([news(tmp_path / "news.jsonl", 10)], tmp_path / "run", SMALL)
    assert summary == Summary(articles=10, words=100, claims=20, attributed=20, anonymous=10, sources=30)
    assert column(tmp_path / "run", "claims", "article_id") == [f"a{n}" for n in range(10) for _ in range(2)]
    for table, columns in (("claims", tables.CLAIM_COLUMNS), ("sources", tables.SOURCE_COLUMNS)):
        shards = sorted((tmp_path / "run" / table).iterdir())
        assert [path.name for path in shards] == [f"00000-0000{n}.parquet" for n in range(3)]
        assert {tuple(pq.read_schema(path).names) for path in shards} == {tuple(column.name for column in columns)}
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_bytes())
    assert [item["path"] for item in manifest["inputs"]] == [str(tmp_path / "news.jsonl")]
    assert manifest["tool"]["name"] == "stub"
    records = sorted((tmp_path / "run" / "records").iterdir())
    result = TERMINAL.invoke(app, ["verify", *map(str, records)])
    assert result.exit_code == 0, result.output


def test_workers_and_their_number_change_no_byte(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 30, a7="FAIL", a13="CRASH", a14="An anonymous cook said so.")
    for workers in (1, 3):
        run([path], tmp_path / str(workers), SMALL, workers=workers)
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 10)
    first = run([path], tmp_path / "run", SMALL)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "run" / "claims").iterdir()}
    assert run([path], tmp_path / "run", SMALL) == first
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "run" / "claims").iterdir()} == before


STRANGE = (
    "Holm\0 said\x1b[31m so.",
    "Holm said \ud800 so.",
    "Holm said \u2028\u2029\x85 so.",
    "said " * 50_000,
    "\ufeffX",
)


def test_nothing_that_a_text_can_hold_stops_a_run(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 0, **{f"a{n}": text for n, text in enumerate(STRANGE)})
    assert run([path], tmp_path / "run", SMALL).articles == len(STRANGE)
    assert not (tmp_path / "run" / "failures.jsonl").exists()
    assert column(tmp_path / "run", "claims", "claim")[0] == "Holm\N{REPLACEMENT CHARACTER} said\x1b[31m so."


def test_standard_input_cannot_be_read_again(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"standard input: .* Save it in a file first"):
        run(["-"], tmp_path / "run", SMALL)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        run([news(tmp_path / "news.jsonl", 1)], tmp_path / "news.jsonl", SMALL)


def test_inputs_and_results_may_lie_on_any_file_system_of_fsspec(tmp_path: Path) -> None:
    memory = pytest.importorskip("fsspec").filesystem("memory")
    pytest.importorskip("duckdb")
    path = news(tmp_path / "news.jsonl", 10, a3="FAIL")
    memory.pipe("/inputs/news.jsonl", path.read_bytes())
    summary = run(["memory://inputs"], "memory://runs/one", SMALL)
    assert summary == run([path], tmp_path / "run", SMALL)
    for name, data in contents(tmp_path / "run").items():
        if name.startswith(("claims", "sources", "records")):
            assert memory.cat_file(f"/runs/one/{name}") == data, name
    assert run(["memory://inputs"], "memory://runs/one", SMALL) == summary
    result = TERMINAL.invoke(app, ["summarize", str(tmp_path / "run"), "-o", str(tmp_path / "here")])
    assert result.exit_code == 0, result.output
    summarize("memory://runs/one", tmp_path / "there")
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


# --- bad files ---


class Interrupter(Watcher):
    """Ends a run after so many articles, counted once when they are read and once when they are annotated."""

    def __init__(self, articles: int) -> None:
        self.left = articles

    def advance(self, articles: int, words: int) -> None:
        self.left -= articles
        if self.left <= 0:
            raise KeyboardInterrupt


@pytest.mark.usefixtures("no_clock")
def test_thirty_bad_files_among_thirty_good_ones_are_thirty_lines_of_failures(tmp_path: Path) -> None:
    pytest.importorskip("zstandard")
    bad = hostile_files(tmp_path / "news")
    good = [path.with_name(f"{path.name}.txt") for path in bad]
    for path in good:
        path.write_text("Holm said it rained.", encoding="utf-8")
    options = ["--other-languages", "ignore", "--max-characters", 5000, "--shard-articles", 4]
    result = annotate(tmp_path / "news", "-o", tmp_path / "run", *options)
    assert result.exit_code == 1, result.output
    failures = lines(tmp_path / "run" / "failures.jsonl")
    assert [failure["where"].partition(", ")[0] for failure in failures] == [str(path) for path in bad]
    assert len(failures) == 30
    names = column(tmp_path / "run", "claims", "article_id")
    assert sorted(names) == sorted(path.name.removesuffix(".txt") for path in good)


@pytest.mark.usefixtures("no_clock")
@pytest.mark.parametrize("articles", [10, 40])
def test_a_run_that_was_interrupted_among_bad_files_goes_past_them(tmp_path: Path, articles: int) -> None:
    pytest.importorskip("zstandard")
    for path in hostile_files(tmp_path / "news"):
        path.with_name(f"{path.name}.txt").write_text("Holm said it rained.", encoding="utf-8")
    limited = replace(SMALL, limits=Limits(characters=5000))
    whole = run([tmp_path / "news"], tmp_path / "whole", limited)
    with pytest.raises(KeyboardInterrupt):
        run([tmp_path / "news"], tmp_path / "run", limited, watcher=Interrupter(articles))
    assert run([tmp_path / "news"], tmp_path / "run", limited) == whole
    assert contents(tmp_path / "run") == contents(tmp_path / "whole")


# --- killed, and going on ---


def begun(command: str, *args: object, **environment: str) -> subprocess.Popen[bytes]:
    """A run in a process of its own, which can be killed."""
    code = f"import sys\nfrom annotator.corpus import run\nfrom tests.corpus.news import SMALL\n{command}"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


RUN_IT = "run([sys.argv[1]], sys.argv[2], SMALL, workers=2)"
RUN_AND_KILL_IT = """
import os, signal
from annotator.corpus import Watcher
class Killer(Watcher):
    words = 0
    def advance(self, articles, words):
        self.words += bool(words)
        if self.words == 4:  # the groups of three shards and of a fourth, which is not written yet
            os.kill(os.getpid(), signal.SIGKILL)
run([sys.argv[1]], sys.argv[2], SMALL, watcher=Killer())
"""


def files_in(folder: Path) -> int:
    """How many files a run has made so far, each of which appears whole and stays."""
    return sum(path.is_file() and not path.name.startswith(".") for path in folder.rglob("*"))


def test_killed_at_ten_random_moments_a_run_ends_with_the_bytes_of_an_undisturbed_one(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 40, a9="FAIL", a20="CRASH", a30="")
    run([path], tmp_path / "whole", SMALL, workers=2)
    whole = contents(tmp_path / "whole")
    seed = random.randrange(1_000_000)
    moments = random.Random(seed)
    cut_short = 0
    for n in range(10):
        folder, files = tmp_path / f"run{n}", moments.randrange(len(whole))
        process = begun(RUN_IT, path, folder, STUB_SECONDS="0.02")
        # A moment is a number of files and a little more, so that it lies within the run on any machine.
        while process.poll() is None and files_in(folder) < files:
            time.sleep(0.002)
        time.sleep(moments.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()  # until the workers, who have the same stderr, are gone too
        cut_short += process.returncode == -signal.SIGKILL
        run([path], folder, SMALL, workers=2)
        assert contents(folder) == whole, f"seed {seed}, kill {n}"
    assert cut_short, "no run was killed before it was through"


def test_with_the_real_model_too_a_killed_run_ends_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANNOTATOR_RUN_ANNOTATOR")
    path = tmp_path / "news.jsonl"
    paragraphs = [line for line in ARTICLE.read_text(encoding="utf-8").splitlines() if line]
    texts = ["\n".join(paragraphs[n % 3 : n % 5 + 2]) for n in range(40)]
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts), encoding="utf-8")
    process = begun(RUN_AND_KILL_IT, path, tmp_path / "killed")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert 3 <= len(list(tmp_path.glob("killed/done/*.json"))) < 10
    run([path], tmp_path / "killed", SMALL, workers=2)
    run([path], tmp_path / "whole", SMALL, workers=1)
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_what_a_lost_machine_was_writing_does_not_stay(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 4)

    def with_one_lost(folder: Any, settings: Settings, tasks: Any, advance: Any) -> None:
        on_this_machine(folder, settings, tasks, advance, workers=1)
        (tmp_path / "run" / "articles" / ".0123456789abcdef.part").write_text("half a file")

    run([path], tmp_path / "run", SMALL, engine=with_one_lost)
    assert not any(name.endswith(".part") for name in contents(tmp_path / "run"))


def test_a_full_disk_stops_a_run_which_then_goes_on(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 20, a15="Holm said it again.\n" * 3000)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n{RUN_IT}"
    process = begun(limited, path, tmp_path / "run")
    assert b"cannot be written: File too large" in process.communicate()[1]
    assert process.returncode == 1
    assert not any(name.endswith(".part") for name in contents(tmp_path / "run"))
    run([path], tmp_path / "run", SMALL)
    run([path], tmp_path / "whole", SMALL)
    assert contents(tmp_path / "run") == contents(tmp_path / "whole")


# --- the command ---


def annotate(*args: object) -> Any:
    return TERMINAL.invoke(app, ["annotate", *map(str, args)])


def test_the_command_says_what_a_run_came_to_and_exits_by_the_failures(tmp_path: Path) -> None:
    good, bad = news(tmp_path / "good.jsonl", 5), news(tmp_path / "bad.jsonl", 5, a1="FAIL")
    result = annotate(good, "-o", tmp_path / "run", "--workers", 2, "--other-languages", "ignore")
    assert result.exit_code == 0, result.output
    assert "5 articles, 50 words: 10 claims, 10 of them attributed, 50% of these to anonymous sources" in result.stderr
    again = annotate(good, "-o", tmp_path / "run", "--other-languages", "ignore")
    assert again.exit_code == 0
    assert "going on with the run there; 1 shard of it is done" in again.stderr
    assert annotate(bad, "-o", tmp_path / "run", "--other-languages", "ignore").exit_code == 2
    assert annotate(bad, "-o", tmp_path / "other", "--run").exit_code == 1


def test_a_run_that_stopped_before_its_first_shard_says_why_nothing_is_done(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 3)
    with pytest.raises(KeyboardInterrupt):
        run([path], tmp_path / "run", Settings(other_languages="ignore"), watcher=Interrupter(4))
    again = annotate(path, "-o", tmp_path / "run", "--run", "--other-languages", "ignore")
    assert again.exit_code == 0, again.output
    assert "no shard of it is done yet" in again.stderr
    assert "up to 100 articles" in again.stderr


def test_a_run_whose_articles_have_no_outlet_says_so(tmp_path: Path) -> None:
    for name, rows in (("none", 3 * [{}]), ("most", [{"publisher": "Elsund Courier"}, {}, {}]), ("one", [{}])):
        lines = (json.dumps({"id": f"{name}{n}", "text": "Holm said it rained."} | row) for n, row in enumerate(rows))
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    warned = "have no outlet: their chains end in 'unknown publisher'. Give --publisher"
    for options in ([], ["--run"]):
        for name, said in (("none", f"3 of 3 articles {warned}"), ("most", f"2 of 3 articles {warned}")):
            result = annotate(tmp_path / f"{name}.jsonl", "-o", tmp_path / f"{name}{options}", *options)
            assert said in " ".join(result.stderr.split())
        for name, more in (("one", []), ("none", ["--publisher", "Elsund Courier"])):
            result = annotate(tmp_path / f"{name}.jsonl", "-o", tmp_path / f"{name}-{options}", *options, *more)
            assert "no outlet" not in result.stderr


def test_many_articles_are_a_run_unless_told_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.cli.annotate.RUN_FROM", 5)
    result = annotate(news(tmp_path / "news.jsonl", 6), "-o", tmp_path / "run")
    assert result.exit_code == 0, result.output
    assert "more than 5 articles: this is a run" in result.stderr
    assert (tmp_path / "run" / "manifest.json").exists()
    records = (tmp_path / "run" / "records").glob("*.jsonl.gz")
    assert sum(len(gzip.decompress(path.read_bytes()).splitlines()) for path in records) == 6
    with (tmp_path / "run" / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert len({row["article_id"] for row in csv.DictReader(file)}) == 6
    assert not (tmp_path / "run" / "report.html").exists()
    result = annotate(news(tmp_path / "few.jsonl", 5), "-o", tmp_path / "few", "--to", "csv")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "few" / "claims.csv").exists()


def test_a_format_that_a_run_does_not_write_is_named(tmp_path: Path) -> None:
    result = annotate(news(tmp_path / "news.jsonl", 1), "-o", tmp_path / "run", "--run", "--to", "html")
    assert result.exit_code == 2
    assert "html: a run writes Parquet, and with --to jsonl,csv records and CSV" in result.stderr


def test_records_of_a_run_become_the_other_formats(tmp_path: Path) -> None:
    annotate(news(tmp_path / "news.jsonl", 5), "-o", tmp_path / "run", "--run", "--to", "jsonl")
    records = tmp_path / "run" / "records" / "00000-00000.jsonl.gz"
    assert len(gzip.decompress(records.read_bytes()).splitlines()) == 5
    result = TERMINAL.invoke(app, ["export", str(records), "-o", str(tmp_path / "out"), "--to", "csv"])
    assert result.exit_code == 0, result.output
