"""The written stories, annotated and traced: what `benchmarks/trace.py` measures does not fall below its floors."""

import csv
import json
import re
import tempfile
from pathlib import Path

import networkx as nx
import pytest

from annotator.errors import InputError
from annotator.formats.people import read_identities
from annotator.labels import SectionKind
from annotator.pipeline import Annotator
from annotator.records import AnnotatedArticle
from annotator.tracing.chains import Told
from annotator.tracing.identities import Seen
from annotator.tracing.network import network
from annotator.tracing.results import write
from annotator.tracing.tracing import Trace, trace
from benchmarks.trace import annotated, b_cubed, pairs_of, stories, verdicts
from tests.factory import at, own_voice, plain_record

STORIES = stories()


@pytest.fixture(scope="module")
def records() -> dict[str, list[AnnotatedArticle]]:
    annotator = Annotator()
    return {name: annotated(story, annotator) for name, story in STORIES.items()}


@pytest.fixture(scope="module")
def traced(records: dict[str, list[AnnotatedArticle]]) -> Trace:
    with tempfile.TemporaryDirectory() as spill:
        return trace((record for some in records.values() for record in some), Path(spill))


def test_nothing_is_verbatim_that_is_not_and_nearly_all_verdicts_are_right(
    records: dict[str, list[AnnotatedArticle]],
) -> None:
    found = [verdicts(STORIES[name], records[name]) for name in STORIES]
    assert sum(falsely for _, _, falsely, _ in found) == 0
    assert sum(right for right, *_ in found) / sum(total for _, total, *_ in found) >= 0.95


def test_people_are_who_they_are(traced: Trace) -> None:
    assert b_cubed(STORIES, traced, tuple(STORIES)) >= 0.95


def test_claims_are_joined(records: dict[str, list[AnnotatedArticle]], traced: Trace) -> None:
    pairs = [pairs_of(STORIES[name], records[name], traced) for name in STORIES]
    both = sum(len(right & found) for right, found in pairs)
    assert 2 * both / sum(len(right) + len(found) for right, found in pairs) >= 0.85


def test_a_chain_is_followed_to_its_origin(traced: Trace) -> None:
    lines = [
        traced.lines[told.claim] for group in traced.groups.values() for told in group if told.article == "talks-3"
    ]
    assert lines == [
        "two officials (anonymous) > Axion Post [talks-1] > Northern Wire [talks-2] > Babel Gazette [talks-3]"
    ]


def test_outlets_that_cite_each_other_are_flagged(traced: Trace) -> None:
    assert list(traced.circular.values()) == [[("Dunmore Mirror", "The Lantern")]]
    assert "outlet not in corpus" in {step.status for step in traced.steps if step.cites == "Coastal Radio"}


def test_anonymous_sources_have_no_identity(traced: Trace) -> None:
    assert not [source.name for source in traced.sources if "anonymous" in source.name]


def test_results_can_be_read_by_others_and_a_correction_wins(
    records: dict[str, list[AnnotatedArticle]], traced: Trace, tmp_path: Path
) -> None:
    write(traced, tmp_path / "traced")
    package = json.loads((tmp_path / "traced" / "datapackage.json").read_text())
    for table in package["resources"]:
        with (tmp_path / "traced" / table["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in table["schema"]["fields"]]
    assert set(nx.read_gexf(tmp_path / "traced" / "network.gexf")) == set(
        nx.read_graphml(tmp_path / "traced" / "network.graphml")
    )
    people = tmp_path / "traced" / "people.csv"
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(re.sub(r"^i\d+(?=,smiths-)", "tarrow", people.read_text("utf-8"), flags=re.M), "utf-8")
    again = trace(records["two-smiths"], tmp_path, read_identities(corrected))
    assert set(again.identity.values()) == {"tarrow"}
    assert not again.unsure


def test_the_network_is_one_of_identities(traced: Trace) -> None:
    graph = network(traced)
    labels = [about["label"] for _, about in graph.nodes(data=True) if not about["anonymous"]]
    assert "Greta Lind" in labels
    assert "Lind" not in labels
    smiths = {n for n, about in graph.nodes(data=True) if about["label"] == "John Smith"}
    assert len(smiths) == len({graph.nodes[n]["identity"] for n in smiths})
    outlets = [about["label"] for _, about in graph.nodes(data=True) if about["kind"] == "outlet"]
    assert len(outlets) == len(set(outlets))


def test_two_people_of_one_name_are_two_nodes_and_one_of_two_names_is_one() -> None:
    told = [
        _told(n, article, name, source)
        for n, (article, name, source) in enumerate(
            [("a", "Tom Lee", "s1"), ("b", "Lee", "s2"), ("c", "Tom Lee", "s1"), ("d", "Daily A", "s3")]
        )
    ]
    sources = [
        Seen(n, one.article, one.links[0], one.chain[0][0], "person", "unknown", None) for n, one in enumerate(told[:3])
    ]
    sources.append(Seen(3, "d", "s3", "Daily A", "media", "unknown", None))
    identity = {0: "i0", 1: "i0", 2: "i2", 3: "i3"}
    graph = network(Trace(4, 4, {0: told}, sources, identity, []))
    assert {(one, graph.edges[one, "Daily A"]["claims"]) for one in graph if one != "Daily A"} == {
        ("Tom Lee (i0)", 2),
        ("Tom Lee (i2)", 1),
    }
    assert graph.nodes["Tom Lee (i0)"]["identity"] == "i0"
    assert graph.nodes["Daily A"]["kind"] == "outlet"


def _told(number: int, article: str, name: str, source: str) -> Told:
    chain = ((name, "person"), ("Daily A", "article"))
    return Told(number, 0, article, "Daily A", "", "", name, False, "direct", False, chain, links=(source, "article"))


def test_a_people_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name\nHolm\n")
    with pytest.raises(InputError, match="no column identity, article_id, source_id"):
        read_identities(tmp_path / "people.csv")


def test_an_article_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="comes twice"):
        trace([plain_record("The harbour is shut."), plain_record("The harbour is shut.")], tmp_path)


def test_words_of_an_article_stay_words_on_its_page(tmp_path: Path) -> None:
    text = "<script>alert(1)</script> The harbour stays shut until Friday morning"
    two = [plain_record(text, "a", publisher="<b>One"), plain_record(text, "b", publisher="Two")]
    write(trace(two, tmp_path), tmp_path / "traced")
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "traced").rglob("*.html"))
    assert "&lt;script&gt;alert(1)" in pages
    assert "<script" not in pages
    assert "<b>One" not in pages


def test_a_page_says_which_telling_lost_what_and_what_its_own_words_are(traced: Trace, tmp_path: Path) -> None:
    write(traced, tmp_path / "traced")
    pages = " ".join(page.read_text("utf-8") for page in (tmp_path / "traced").rglob("*.html"))
    assert "Circular: Dunmore Mirror and The Lantern cite each other." in pages
    assert re.search(r"this telling lost, against [A-Z][\w ]+: \w+", pages)
    own = "completed from other articles; in its own words: Northern Wire &gt; Babel Gazette [talks-3]"
    assert own in " ".join(pages.split())


def test_one_story_is_no_stories(tmp_path: Path) -> None:
    two = [plain_record("The harbour stays shut until Friday", name, publisher=name) for name in ("a", "b")]
    write(trace(two, tmp_path), tmp_path / "traced")
    page = " ".join((tmp_path / "traced" / "index.html").read_text("utf-8").split())
    assert "2 claims (headlines aside); 1 told by several articles, in 1 story; 0 unsure pairs of identities" in page
    assert "1 stories" not in page
    assert "1 claims" not in page


def test_a_headline_is_no_telling_where_the_text_tells_it(tmp_path: Path) -> None:
    said = "The harbour stays shut until Friday morning"
    headed = [_headed(said, name) for name in ("a", "b")]
    found = trace(headed, tmp_path)
    assert {told.claim_id for group in found.groups.values() for told in group} == {"c02"}
    only = [
        record.model_copy(update={"claims": record.claims[:1]}) for record in headed
    ]  # what a database gives that has the headlines alone
    (group,) = trace(only, tmp_path).groups.values()
    assert [told.claim_id for told in group] == ["c01", "c01"]


def _headed(said: str, name: str) -> AnnotatedArticle:
    """An article whose headline and whose text say the same in its own voice."""
    record = plain_record(f"{said}\n\n{said}.", name, publisher=name)
    head = own_voice("c01", at(record.article.text, 0, len(said))).model_copy(update={"section": SectionKind.HEADLINE})
    body = own_voice("c02", at(record.article.text, len(said) + 2, len(record.article.text)))
    return record.model_copy(update={"claims": (head, body)})


def test_a_later_trace_takes_the_place_of_the_earlier_with_its_pages(
    records: dict[str, list[AnnotatedArticle]], traced: Trace, tmp_path: Path
) -> None:
    write(traced, tmp_path / "traced")
    assert len(list((tmp_path / "traced").glob("story-*.html"))) == len(STORIES)
    write(trace(records["bridge"], tmp_path), tmp_path / "traced")
    assert [page.name for page in (tmp_path / "traced").glob("story-*.html")] == ["story-001.html"]
