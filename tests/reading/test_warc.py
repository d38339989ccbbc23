"""Web archives: pages written for the purpose go in, rows of the claim table come out."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.reading import Failure, Passed, Warned, outcomes_of, read
from annotator.records import Article

warcwriter = pytest.importorskip("warcio.warcwriter")
pq = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[2]
FERRY = (
    "The ferry to Elsund will not sail before Thursday, the harbour master said on Monday.",
    "Two officials who asked not to be named said that the engine had been repaired only last month.",
    "Passengers were offered seats on a bus, which takes four hours longer than the boat does.",
)
FÄHRE = (
    "Die Fähre nach Elsund fährt nicht vor Donnerstag, sagte der Hafenmeister am Montag der Zeitung.",
    "Zwei Beamte, die nicht genannt werden wollten, sagten, der Motor sei erst im vorigen Monat repariert worden.",
    "Den Fahrgästen wurden Plätze in einem Bus angeboten, der vier Stunden länger braucht als das Schiff.",
)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def page(title: str, paragraphs: tuple[str, ...], published: str = "2024-05-06") -> bytes:
    """A page of a newspaper; its template says that it is in English, as templates do."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html lang="en"><head><meta charset="utf-8"><title>{title} - Elsund Courier</title>'
        f'<meta property="og:site_name" content="Elsund Courier">'
        f'<meta property="article:published_time" content="{published}T08:00:00Z"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def archive(path: Path, *pages: tuple[str, str, str, bytes]) -> Path:
    """A WARC file of answers: address, status line, content type, body; before each its request, as crawlers write."""
    from warcio.statusandheaders import StatusAndHeaders

    with path.open("wb") as file:
        writer = warcwriter.WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        for address, status, kind, body in pages:
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "elsund.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(address, "request", http_headers=request))
            answer = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=answer)
            )
    return path


HTML = "text/html; charset=utf-8"
CRAWL = (
    ("https://elsund.example/ferry", "200 OK", HTML, page("Ferry stays in port", FERRY)),
    ("https://elsund.example/", "200 OK", HTML, b"<html><body><a href='/ferry'>Ferry</a></body></html>"),
    ("https://elsund.example/gone", "404 Not Found", HTML, page("Not found", FERRY)),
    ("https://elsund.example/logo.png", "200 OK", "image/png", b"\x89PNG\r\n"),
    ("https://elsund.example/faehre", "200 OK", HTML, page("Fähre bleibt im Hafen", FÄHRE)),
    ("https://elsund.example/ferry?print", "200 OK", HTML, page("Ferry stays in port", FERRY)),
)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_an_archive_goes_through_to_the_claim_table(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(app, ["annotate", str(archive(tmp_path / name, *CRAWL)), "-o", str(tmp_path / "run")])
    assert result.exit_code == 0, result.output
    rows = pq.read_table(tmp_path / "run" / "claims").to_pylist()
    assert [row["claim"] for row in rows] == ["Ferry stays in port", *FERRY]
    assert {(row["publisher"], row["url"], row["published"][:10]) for row in rows} == {
        ("Elsund Courier", "https://elsund.example/ferry", "2024-05-06")
    }
    left_out = [json.loads(line) for line in (tmp_path / "run" / "skipped.jsonl").read_text("utf-8").splitlines()]
    assert [line["reason"].split(". ")[0] for line in left_out] == [
        "no article text found in the page",
        "the server answered with status 404",
        "not a web page",
        "the same text as article 'crawl-3'",
        "the text looks like 'de'",
    ]
    assert left_out[1]["where"] == f"{tmp_path / name}, record 7"


def test_an_archive_is_read_in_python_too(tmp_path: Path) -> None:
    articles = list(read(archive(tmp_path / "crawl.warc.gz", *CRAWL)))
    assert [article.title for article in articles] == [
        "Ferry stays in port",
        "Fähre bleibt im Hafen",
        "Ferry stays in port",
    ]
    assert articles[0].metadata["fetched"]


def test_a_page_of_several_articles_gives_each(tmp_path: Path) -> None:
    bodies = [
        f"<article><h2>{title}</h2>{''.join(f'<p>{line}</p>' for line in FERRY)}</article>"
        for title in ("Ferry stays in port", "Harbour is shut")
    ]
    both = f"<html lang='en'><head><title>News</title></head><body>{''.join(bodies)}</body></html>".encode()
    path = archive(tmp_path / "crawl.warc", ("https://elsund.example/news", "200 OK", HTML, both), CRAWL[0])
    warned: list[Warned] = []
    articles = list(read(path, on_warning=warned.append))
    assert [(article.article_id, article.title) for article in articles] == [
        ("crawl-3-1", "Ferry stays in port"),
        ("crawl-3-2", "Harbour is shut"),
        ("crawl-5", "Ferry stays in port"),
    ]
    assert {article.url for article in articles[:2]} == {"https://elsund.example/news"}
    assert [(one.where, one.note) for one in warned] == [
        (f"{path}, record 3", "the page holds 2 articles: each is one of its own")
    ]


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    path = archive(tmp_path / "crawl.warc.gz", *CRAWL)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b"\x1f\x8b\x08") - 40])
    failures: list[Failure] = []
    assert len(list(read(path, on_failure=failures.append))) >= 2
    path.write_bytes(b"not an archive at all\n" * 50)
    assert list(read(path, on_failure=failures.append)) == []
    assert failures[-1].where.startswith(f"{path}, record 1")


def test_a_page_that_is_stored_without_an_answer_is_read_and_other_things_are_told(tmp_path: Path) -> None:
    path = tmp_path / "stored.warc"
    with path.open("wb") as file:
        writer = warcwriter.WARCWriter(file, gzip=False)
        for address, kind, body in (
            ("https://elsund.example/ferry", "text/html; charset=utf-8", page("No ferry", FERRY)),
            ("file:///harbour.png", "image/png", b"\x89PNG"),
        ):
            writer.write_record(
                writer.create_warc_record(
                    address, "resource", payload=io.BytesIO(body), warc_content_type=kind, length=len(body)
                )
            )
    article, passed = outcomes_of(path, "stored", where="stored.warc")
    assert isinstance(article, Article)
    assert isinstance(passed, Passed)
    assert (passed.where, passed.reason) == ("stored.warc, record 2", "not a web page")
    assert (article.title, article.url) == ("No ferry", "https://elsund.example/ferry")
    assert article.published == "2024-05-06T08:00:00Z"
