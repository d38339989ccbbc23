"""Summaries of runs: figures counted by hand, and a page on which an article's words stay words."""

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.corpus import Settings, run, summarize
from annotator.errors import InputError
from annotator.formats.tables import harmless
from tests.corpus.news import contents

pytest.importorskip("duckdb")
pq = pytest.importorskip("pyarrow.parquet")

PLAIN = Settings(other_languages="ignore", shard_articles=2)
# The stub makes a claim of each line, of the source that its first word names.
ARTICLES = (
    ("Courier", "2024-01-05", "Holm said “no”.\nHolm said it rained.\nAn anonymous official agreed.\nIn own voice."),
    ("Courier", "2024-02-06T08:00:00Z", "Brand said it did not.\nHolm said “never”."),
    ("Herald", "2024-03-07", "Holm said so."),
    ("Herald", "last week", "In own voice."),
    (None, None, "=Brand said “so”."),
)


def made(folder: Path, articles: Any = ARTICLES) -> Path:
    """A run over articles given as publisher, date and text."""
    names = ("publisher", "published", "text")
    rows = (json.dumps(dict(zip(names, article, strict=True))) for article in articles)
    (folder / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    run([folder / "news.jsonl"], folder / "run", PLAIN)
    return folder / "run"


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_count_what_the_articles_say(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["summarize", str(made(tmp_path)), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    outlets = table(tmp_path / "out" / "outlets.csv")
    assert [row["publisher"] for row in outlets] == ["Courier", "Herald", "unknown publisher"]
    courier = outlets[0]
    counts = ("articles", "claims", "attributed", "direct", "indirect", "anonymous", "sources")
    assert [int(courier[name]) for name in counts] == [2, 6, 5, 2, 3, 1, 2]
    assert (courier["direct_share"], courier["anonymous_share"]) == ("0.4", "0.2")
    # Of four claims of named sources Holm makes three: 0.75² + 0.25².
    assert (courier["concentration"], courier["top_source"], courier["top_source_share"]) == ("0.625", "Holm", "0.75")
    assert outlets[1]["articles"] == "2", "an article without an attributed claim is one too"
    sources = {row["source"]: row for row in table(tmp_path / "out" / "sources.csv")}
    assert [sources["Holm"][name] for name in ("outlets", "articles", "claims", "direct")] == ["2", "3", "4", "2"]
    assert sources["official (anonymous)"]["anonymous"] == "true"
    over_time = table(tmp_path / "out" / "over_time.csv")
    assert [(row["period"], row["publisher"], row["claims"]) for row in over_time] == [
        ("2024-01", "Courier", "4"),
        ("2024-02", "Courier", "2"),
        ("2024-03", "Herald", "1"),
    ]


def test_the_page_says_that_its_shares_are_of_claims(tmp_path: Path) -> None:
    summarize(made(tmp_path), tmp_path / "out")
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    named = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page)
    assert ("claims from anonymous sources", "14%") in named  # one of seven attributed claims
    assert "anonymous sources" not in [name for name, _ in named]
    assert "Share of attributed claims from anonymous sources" in page


def test_runs_from_before_the_column_are_summarized(tmp_path: Path) -> None:
    folder = made(tmp_path)
    summarize(folder, tmp_path / "now")
    for path in (folder / "claims").glob("*.parquet"):
        pq.write_table(pq.read_table(path).drop_columns(["attributed", "published_date"]), path)
    summarize(folder, tmp_path / "before")
    for name in ("outlets.csv", "sources.csv", "over_time.csv", "summary.html"):
        assert (tmp_path / "now" / name).read_bytes() == (tmp_path / "before" / name).read_bytes()


def test_a_few_weeks_are_told_by_the_day(tmp_path: Path) -> None:
    summarize(made(tmp_path, ARTICLES[:2]), tmp_path / "out")
    assert [row["period"] for row in table(tmp_path / "out" / "over_time.csv")] == ["2024-01-05", "2024-02-06"]


def test_for_excel_no_name_is_a_formula(tmp_path: Path) -> None:
    summarize(made(tmp_path), tmp_path / "out", excel=True)
    text = (tmp_path / "out" / "sources.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeffsource,type,")
    assert "\n'=Brand," in text
    assert "\n=" not in text


def test_a_name_that_a_reader_with_semicolons_takes_for_a_formula_is_none_either(tmp_path: Path) -> None:
    articles = [("Courier; =1+1", "2024-01-05", "Holm said so.")]
    summarize(made(tmp_path, articles), tmp_path / "out", excel=True)
    assert table(tmp_path / "out" / "outlets.csv", encoding="utf-8-sig")[0]["publisher"] == harmless("Courier; =1+1")
    assert harmless("Courier; =1+1") != "Courier; =1+1"


def test_a_damaged_shard_is_said_and_the_summary_of_before_stays(tmp_path: Path) -> None:
    folder = made(tmp_path)
    summarize(folder, tmp_path / "out")
    before = contents(tmp_path / "out")
    (folder / "claims" / "00000-00001.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(InputError, match="cannot be summarized"):
        summarize(folder, tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_an_unfinished_run_is_summarized_and_said_to_be_one(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "done" / "00000-00001.json").unlink()
    summarize(folder, tmp_path / "out")
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "<strong>The run is not finished:</strong> 1 of its shards" in page
    shutil.rmtree(folder / "done")
    with pytest.raises(InputError, match="no shard of the run is complete yet"):
        summarize(folder, tmp_path / "out")


def test_where_there_is_no_run_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no run"):
        summarize(tmp_path, tmp_path / "out")


def test_a_run_without_a_claim_has_a_summary(tmp_path: Path) -> None:
    summarize(made(tmp_path, [("Herald", "2024-01-01", "FAIL")]), tmp_path / "out")
    assert table(tmp_path / "out" / "outlets.csv") == []


ATTACK = "</style><script>document.title='owned'</script><img/src=x/onerror=document.title='owned'>"


def test_nothing_of_an_article_becomes_markup_or_script(tmp_path: Path) -> None:
    articles = [(f"{ATTACK}{n}", f"2024-0{n}-01{ATTACK}", f'{ATTACK}"\0 said so.') for n in range(1, 4)]
    articles += [("Herald", f"2024-0{n}-01", "Holm said so.") for n in range(1, 4)]
    summarize(made(tmp_path, articles), tmp_path / "out")
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert not re.search(r"<(script|img)|javascript:|\son\w+=\"", page)
    assert page.count("</style>") == 1
    assert "<polyline" in page


@pytest.mark.ui
@pytest.mark.skipif(not shutil.which("chromium"), reason="needs headless Chromium")
def test_a_browser_runs_nothing_of_it(tmp_path: Path) -> None:
    summarize(made(tmp_path, [(ATTACK, "2024-01-01", f"{ATTACK} said so.")]), tmp_path / "out")
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    shown = subprocess.run([*browser, (tmp_path / "out" / "summary.html").as_uri()], capture_output=True, check=True)
    assert b"<title>Claims and their sources</title>" in shown.stdout


def test_a_source_is_an_identity_where_a_table_says_who_is_who(tmp_path: Path) -> None:
    articles = [
        ("Courier", "2024-01-05", "Holm said so.\nBrand said no."),
        ("Courier", "2024-01-06", "Holm said so.\nKarin-Holm agreed."),
        ("Herald", "2024-01-07", "Holm said “never”."),
    ]
    folder = made(tmp_path, articles)
    ids = {}
    for path in sorted((folder / "sources").glob("*.parquet")):
        for row in pq.read_table(path).to_pylist():
            ids[row["article_id"], row["source"]] = row["source_id"]
    courier, second, herald = sorted({article for article, _ in ids})
    rows = [("holm", courier, "Holm"), ("holm", second, "Karin-Holm"), ("other", herald, "Holm")]
    people = "".join(f"{identity},{article},{ids[article, name]}\n" for identity, article, name in rows)
    (tmp_path / "traced").mkdir()
    (tmp_path / "traced" / "people.csv").write_text("identity,article_id,source_id\n" + people)
    command = ["summarize", str(folder), "--identities", str(tmp_path / "traced"), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    found = table(tmp_path / "out" / "sources.csv")
    assert [(row["identity"], row["names"], row["claims"], row["articles"]) for row in found] == [
        ("holm", "Holm; Karin-Holm", "2", "2"),
        ("", "Brand", "1", "1"),
        ("other", "Holm", "1", "1"),
        ("", "Holm", "1", "1"),
    ]
    # Of the Courier's four claims "holm" makes two: 0.5² + 0.25² + 0.25².
    courier_row = table(tmp_path / "out" / "outlets.csv")[0]
    assert (courier_row["sources"], courier_row["concentration"]) == ("3", "0.375")
    assert "A source is an identity" in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")


def test_identities_of_another_run_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has none of the sources"):
        summarize(made(tmp_path), tmp_path / "out", identities={("elsewhere", "s1"): "i1"})
    assert not (tmp_path / "out" / "sources.csv").exists()
