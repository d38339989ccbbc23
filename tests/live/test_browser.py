"""A reviewer at work in a browser: what they do with mouse and keys is exactly what comes back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from annotator.labels import LinkRole, ReviewStatus, SourceType
from annotator.records import AnnotatedArticle, Article, Claim
from annotator.review import pull, push
from annotator.review.pull import Pulled
from annotator.review.server import LabelStudioServer
from tests.factory import TOOL, harbour_record, own_voice, own_voice_source, span
from tests.live.editor import Editor
from tests.live.people import owner

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.live, pytest.mark.ui]

CHAIN = "NBC reported that a Russian source told it the talks 🕊️ will go on in March.\n"


def chain_record() -> AnnotatedArticle:
    """An article of which the machine has understood nothing: all of it in its own voice."""
    claim = own_voice("c01", span(CHAIN, CHAIN.strip()))
    article = Article(article_id="chain", text=CHAIN, title="Talks will go on", publisher="Daily Example")
    return AnnotatedArticle(article=article, claims=(claim,), sources=(own_voice_source(),), tool=TOOL)


class Desk:
    """An article on the server, its editor in the browser, and what is pulled when the reviewer is done."""

    def __init__(self, record: AnnotatedArticle, studio: LabelStudioServer, editor: Editor) -> None:
        self.studio, self.editor, self.title = studio, editor, f"Desk {uuid4().hex[:8]}"
        pushed = push([record], url=studio.url, api_key=studio.token, project=self.title, create=True)
        [task] = owner(studio).tasks(pushed.project).values()
        editor.open(pushed.project, task["id"])

    def review(self, *, by_key: bool = False) -> AnnotatedArticle:
        """Submit and pull."""
        self.editor.submit(by_key=by_key)
        pulled: Pulled = pull(url=self.studio.url, api_key=self.studio.token, project=self.title)
        assert not pulled.problems
        [review] = pulled.reviews
        return review


@pytest.fixture
def editor(browser: "Browser", studio: LabelStudioServer) -> Iterator[Editor]:
    """The browser of a reviewer; whatever they do, no page fails and nothing is fetched from elsewhere."""
    with browser.new_context() as context:
        opened = Editor(context, studio)
        yield opened
        assert not opened.errors
        assert {urlsplit(url).hostname for url in opened.requests if url.startswith("http")} == {"127.0.0.1"}


def changes(record: AnnotatedArticle) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What a review says of each claim."""
    return {c.claim_id: (str(c.review.status), c.review.changed) for c in record.claims if c.review}


def claim_of(record: AnnotatedArticle, claim_id: str) -> Claim:
    return next(claim for claim in record.claims if claim.claim_id == claim_id)


def test_every_change_of_a_reviewer_comes_back_and_nothing_else(studio: LabelStudioServer, editor: Editor) -> None:
    base = harbour_record()
    desk = Desk(base, studio, editor)
    editor.resize("Two ferries lay idle on Monday", to="Two ferries lay idle")
    editor.select("a harbour official")
    editor.press("2", "group")
    editor.press("d", "politics")
    editor.select("Mayor Ana Ruiz")
    editor.rename("Ana Ruiz-Ortega")
    editor.mark("q", "Monday")
    editor.relate("Two ferries lay idle", "Coastal Wire", "attributed_to")
    editor.relate("Monday", "Two ferries lay idle", "cue_of")
    editor.delete("repairs may take weeks")
    review = desk.review()

    given = (
        "spans",
        "quote_type",
        "attribution",
        "on_record",
        "source",
        "source_type",
        "source_mention",
        "cue",
        "chain",
    )
    assert changes(review) == {
        "c01": ("accepted", ()),
        "c02": ("corrected", ("source_type", "affiliation")),
        "c03": ("corrected", ("source", "chain")),
        "c04": ("corrected", given),
        "c05": ("corrected", ("source", "chain")),
        "c06": ("accepted", ()),
        "c07": ("rejected", ()),
    }
    ferries = claim_of(review, "c04")
    assert ferries.text == "Two ferries lay idle"
    assert review.chain_of(ferries) == ("Coastal Wire", "Daily Example")
    attribution = review.attribution_of(ferries)
    assert attribution is not None
    assert attribution.cue == span(base.article.text, "Monday")
    official = review.source_of(claim_of(review, "c02"))
    assert (official.type, official.affiliation, official.anonymous) == ("group", "politics", True)
    assert review.chain_of(claim_of(review, "c05")) == ("Ana Ruiz-Ortega", "Daily Example")
    assert review.review is not None
    assert (review.review.reviewer, review.review.status) == (studio.username, None)


def test_no_page_asks_elsewhere(studio: LabelStudioServer, editor: Editor) -> None:
    """The fixture looks at the requests; these are the pages that a reviewer comes past beside the editor."""
    project = owner(studio).call("POST", "/api/projects", json={"title": f"Seen {uuid4().hex[:8]}"})["id"]
    pages = (
        "/projects",
        f"/projects/{project}/data",
        f"/projects/{project}/settings",
        "/organization",
        "/user/account",
    )
    for page in (*pages, "/user/login/", "/user/signup/"):
        editor.page.goto(studio.url + page)
        editor.page.wait_for_load_state("networkidle")
    assert len(editor.requests) > len(pages)


def test_keys_answer_for_the_selected_region_and_for_nothing_else(studio: LabelStudioServer, editor: Editor) -> None:
    desk = Desk(harbour_record(), studio, editor)
    for key in "129adny":  # nothing is selected, then a cue, of which nothing is asked
        editor.page.keyboard.press(key)
    editor.select("said")
    for key in "129adny":
        editor.page.keyboard.press(key)
    editor.select("Two ferries lay idle on Monday")
    for key, answer in {"6": "distancing", "9": "hedged", "d": "opinion", "y": "negative", "k": "implied"}.items():
        editor.press(key, answer)
    review = desk.review(by_key=True)
    given = ("kind", "polarity", "hedged", "attribution", "stance")
    assert changes(review) == {f"c0{n}": ("accepted", ()) for n in (1, 2, 3, 5, 6, 7)} | {"c04": ("corrected", given)}


def test_words_marked_over_a_line_break_are_those_of_the_text(studio: LabelStudioServer, editor: Editor) -> None:
    desk = Desk(harbour_record(), studio, editor)
    words = "may take weeks.\nFollow us"
    editor.delete("repairs may take weeks")
    editor.mark("c", words)
    review = desk.review()
    [added] = [claim for claim in review.claims if claim.claim_id not in {f"c0{n}" for n in range(1, 8)}]
    assert [piece.text for piece in added.spans] == [words]


def test_a_chain_made_by_hand_comes_back_as_a_chain(studio: LabelStudioServer, editor: Editor) -> None:
    desk = Desk(chain_record(), studio, editor)
    editor.delete(CHAIN.strip())
    editor.mark("c", "the talks 🕊️ will go on in March")
    editor.mark("s", "a Russian source")
    editor.mark("s", "NBC")
    editor.mark("q", "told")
    editor.mark("q", "reported")
    editor.select("a Russian source")
    editor.press("1", "person")
    editor.press("0", "anonymous")
    editor.name("Russian source (anonymous)")
    editor.select("NBC")
    editor.press("5", "media")
    editor.relate("the talks 🕊️ will go on in March", "a Russian source", "attributed_to")
    editor.relate("a Russian source", "NBC", "cited_by")
    editor.relate("told", "the talks 🕊️ will go on in March", "cue_of")
    editor.relate("reported", "NBC", "cue_of")
    editor.press_article("Shift+1", "complete")
    review = desk.review()

    rejected, added = review.claims
    assert [claim.review.status for claim in review.claims if claim.review] == [
        ReviewStatus.REJECTED,
        ReviewStatus.ADDED,
    ]
    assert rejected.claim_id == "c01"
    assert added.text == "the talks 🕊️ will go on in March"
    assert added.source_display == "NBC <- Russian source (anonymous)"
    assert review.chain_of(added) == ("Russian source (anonymous)", "NBC", "Daily Example")
    assert [link.role for link in added.chain] == [LinkRole.ORIGIN, LinkRole.REPORTER, LinkRole.PUBLISHER]
    assert [link.cue and link.cue.text for link in added.chain] == ["told", "reported", None]
    source = review.source_of(added)
    assert (source.type, source.anonymous, source.anonymity_description) == (
        SourceType.PERSON,
        True,
        "a Russian source",
    )
    assert review.review is not None
    assert review.review.status == "complete"


def test_a_reviewer_reads_why_a_claim_needs_review_and_the_way_back_keeps_it_with_the_machine(
    studio: LabelStudioServer, editor: Editor
) -> None:
    record = harbour_record()
    desk = Desk(record, studio, editor)
    editor.select("repairs may take weeks")
    shown = editor.page.get_by_text("Needs review: two sources could be meant: Tom Lee or guard")
    shown.wait_for(state="visible")
    review = desk.review()
    assert {claim.review.status for claim in review.claims if claim.review} == {ReviewStatus.ACCEPTED}
    assert not any(claim.review_reasons for claim in review.claims)
    [machine] = pull(url=studio.url, api_key=studio.token, project=desk.title).machine
    assert [c.review_reasons for c in machine.claims] == [c.review_reasons for c in record.claims]


GROUND = """words => {
  const region = [...document.querySelectorAll('.htx-highlight')].find(item => item.textContent === words);
  return getComputedStyle(region).backgroundColor;
}"""
LAYERS = """() => ['.relations-overlay', '.lsf-htx-richtext', '.lsf-richtext__line'].map(name => {
  const style = getComputedStyle(document.querySelector(name));
  return [style.zIndex, style.display, style.backgroundColor];
})"""


def test_claims_that_need_review_have_a_ground_of_their_own(studio: LabelStudioServer, editor: Editor) -> None:
    Desk(harbour_record(), studio, editor)
    assert editor.page.evaluate(GROUND, "repairs may take weeks") == "rgba(255, 170, 0, 0.45)"
    assert editor.page.evaluate(GROUND, "Two ferries lay idle on Monday") == "rgba(31, 119, 180, 0.3)"
    assert editor.page.get_by_text("a claim that needs review: select it to read why").is_visible()
    editor.select("repairs may take weeks")
    assert editor.page.evaluate(GROUND, "repairs may take weeks") == "rgba(31, 119, 180, 0.8)"


def test_arrows_lie_behind_the_words_that_they_cross(studio: LabelStudioServer, editor: Editor) -> None:
    Desk(harbour_record(), studio, editor)
    arrows, text, line = editor.page.evaluate(LAYERS)
    assert (arrows[0], text[0]) == ("0", "1")
    assert line[1] == "inline"  # its ground ends with the words, so that arrows show between the lines
    assert line[2].endswith("/ 0.85)")
