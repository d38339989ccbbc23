"""`annotator annotate` as a user meets it: results, messages, exit status."""

import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from tests.cli.conftest import NEWS

run = CliRunner()


def test_records_go_to_stdout_by_default(article: Path) -> None:
    result = run.invoke(app, ["annotate", str(article), "--publisher", "Daily Example"])
    assert result.exit_code == 0, result.stderr
    record = json.loads(result.stdout)
    assert record["article"]["publisher"] == "Daily Example"
    assert record["claims"][0]["text"] == "The bridge is safe"


def test_a_folder_gets_every_format_and_verifies(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run.invoke(app, ["annotate", str(article), "-o", str(out)]).exit_code == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert names == {
        "records.jsonl",
        "claims.csv",
        "sources.csv",
        "datapackage.json",
        "report.html",
        "label_studio/tasks.json",
        "label_studio/config.xml",
    }
    assert run.invoke(app, ["verify", str(out / "records.jsonl")]).exit_code == 0


def test_a_folder_of_results_is_told_in_figures(article: Path, tmp_path: Path) -> None:
    result = run.invoke(app, ["annotate", str(article), "-o", str(tmp_path / "out"), "--publisher", "Daily Example"])
    with (tmp_path / "out" / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = sum(row["attribution"] != "unattributed" for row in rows)
    assert f"1 article, {len(NEWS.split())} words: {len(rows)} claim" in result.stderr
    assert f", {said} of them attributed" in result.stderr


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = [json.dumps({"id": n, "text": NEWS}) for n in ("first", "last")]
    path.write_text(f"{good[0]}\n{{broken\n{good[1]}\n", encoding="utf-8")
    result = run.invoke(app, ["annotate", str(path), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    done = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["article"]["article_id"] for line in done] == ["first", "last"]
    failure = json.loads((tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8"))
    assert "news.jsonl, line 2" in failure["where"]


def test_the_list_of_failures_is_one_of_the_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, good, out = tmp_path / "broken.jsonl", tmp_path / "good.jsonl", tmp_path / "out"
    good.write_text(json.dumps({"id": "only", "text": NEWS}) + "\n", encoding="utf-8")
    broken.write_text(good.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    run.invoke(app, ["annotate", str(broken), "-o", str(out)])
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert out / "failures.jsonl" in before

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        result = run.invoke(app, ["annotate", str(good), "-o", str(out), "--publisher", "Daily Example"])
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert run.invoke(app, ["annotate", str(good), "-o", str(out)]).exit_code == 0
    assert not (out / "failures.jsonl").exists()


def test_an_unknown_format_is_named_with_the_known_ones(article: Path) -> None:
    result = run.invoke(app, ["annotate", str(article), "--to", "docx"])
    assert result.exit_code == 2
    assert "docx" in result.stderr
    assert "label-studio" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_found_out_first(article: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    result = run.invoke(app, ["annotate", str(article), "-o", str(closed / "out")])
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_file_in_the_way_of_the_folder_is_named(article: Path) -> None:
    result = run.invoke(app, ["annotate", str(article), "-o", str(article)])
    assert result.exit_code == 2
    assert article.name in result.stderr


@pytest.mark.parametrize(("choice", "status"), [("warn", 0), ("skip", 2), ("ignore", 0)])
def test_another_language_is_said_and_the_user_chooses(tmp_path: Path, choice: str, status: int) -> None:
    path = tmp_path / "meldung.txt"
    path.write_text(
        "Die Brücke ist sicher, sagte die Bürgermeisterin am Montag der Presse in Elsund.", encoding="utf-8"
    )
    result = run.invoke(app, ["annotate", str(path), "--other-languages", choice])
    assert result.exit_code == status
    assert ("'de'" in result.stderr) == (choice != "ignore")


def test_a_form_that_was_not_understood_is_said(tmp_path: Path) -> None:
    path = tmp_path / "calls.txt"
    calls = (
        "The road is under water.",
        "A car is on its way.",
        "The water is at the door.",
        "The brigade is called out.",
    )
    turns = (f"{('Caller', 'Dispatch')[n % 2]} — {call}" for n, call in enumerate(calls))
    path.write_text("Calls from the night of the flood\n\n" + "\n\n".join(turns), encoding="utf-8")
    result = run.invoke(app, ["annotate", str(path)])
    assert result.exit_code == 0
    assert "warning: calls: the form of the text was not understood" in result.stderr


def test_records_are_utf8_where_the_terminal_knows_ascii_only(article: Path) -> None:
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "annotator", "annotate", article, "--publisher", "Dagblað"]
    done = subprocess.run(command, env=ascii_only, capture_output=True, check=True)
    assert json.loads(done.stdout.decode())["article"]["publisher"] == "Dagblað"


@pytest.mark.parametrize("option", ["--publisher", "--published", "--url", "--text-column"])
def test_bytes_that_are_no_text_are_refused_in_a_line(article: Path, option: str) -> None:
    result = run.invoke(app, ["annotate", str(article), option, "caf\udcff"])
    assert result.exit_code == 2
    assert option in result.stderr
    assert "no text" in result.stderr


def test_files_of_a_kind_that_is_not_read_fail_and_the_others_are_done(article: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    article.rename(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.doc").write_bytes(b"x")
    result = run.invoke(app, ["annotate", str(tmp_path / "in"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "b.doc: .doc files are not read. Save it as .docx" in result.stderr
    assert "1 failed, listed in" in result.stderr
    assert "b.doc" in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8")


def test_where_nothing_was_done_there_are_no_hollow_files(tmp_path: Path) -> None:
    (tmp_path / "b.doc").write_bytes(b"x")
    result = run.invoke(app, ["annotate", str(tmp_path / "b.doc"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["failures.jsonl"]


def test_what_was_guessed_is_listed_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("It’s old, Mayor Anna Moor said.".encode("cp1252"))
    out = tmp_path / "out"
    result = run.invoke(app, ["annotate", str(tmp_path / "a.txt"), "-o", str(out)])
    assert result.exit_code == 0
    assert "1 to look at, listed in" in result.stderr
    (row,) = [json.loads(line) for line in (out / "warnings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert row["note"] == "not UTF-8; its encoding was guessed to be cp1252"
    (tmp_path / "a.txt").write_text("It is old, Mayor Anna Moor said.", encoding="utf-8")
    run.invoke(app, ["annotate", str(tmp_path / "a.txt"), "-o", str(out)])
    assert not (out / "warnings.jsonl").exists()


def test_csv_goes_to_stdout_and_a_report_needs_a_folder(article: Path) -> None:
    result = run.invoke(app, ["annotate", str(article), "--to", "csv"])
    assert result.exit_code == 0
    assert result.stdout.startswith("article_id,publisher,")
    assert "The bridge is safe" in result.stdout
    result = run.invoke(app, ["annotate", str(article), "--to", "html"])
    assert result.exit_code == 2
    assert "--to html writes files: name a folder with -o DIR" in result.stderr
