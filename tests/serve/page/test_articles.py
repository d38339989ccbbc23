"""What a person does with a claim: as plain forms, saved at once, undone, and never over somebody else's work."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.labels import ReviewStatus, VerdictRating
from annotator.records import AnnotatedArticle, Claim
from annotator.serve.page.addresses import key_of
from annotator.worklist import Worklist
from tests.factory import harbour_record
from tests.serve.page.visiting import Visitor, form_of, page

RECORD = harbour_record()
ARTICLE = RECORD.article.article_id
PATH = f"/articles/{key_of(ARTICLE)}"
OTHER = RECORD.claims[1]
CLAIM = next(c for c in RECORD.claims if c.attribution_id and c is not OTHER)
_SAID = Counter(claim.source_id for claim in RECORD.claims if claim.source_id != "article")
SHARED = next(claim for claim in RECORD.claims if _SAID[claim.source_id] > 1)  # its source has another claim
OF_CLAIM = f"{PATH}/claims/{CLAIM.claim_id}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Worklist(tmp_path / "worklist.sqlite") as worklist:
        worklist.add(RECORD, "the machine")
    return tmp_path / "worklist.sqlite"


@pytest.fixture
def visitor(file: Path) -> Iterator[Visitor]:
    with page(file.parent) as somebody:
        somebody.post("/who", {"who": "Ana"})
        yield somebody


def now(file: Path, claim_id: str = CLAIM.claim_id) -> tuple[AnnotatedArticle, Claim]:
    """The record in the file, and a claim of it."""
    with Worklist(file) as worklist:
        record = worklist.entry(ARTICLE).record
    return record, next(claim for claim in record.claims if claim.claim_id == claim_id)


def status(file: Path, claim_id: str = CLAIM.claim_id) -> ReviewStatus | None:
    review = now(file, claim_id)[1].review
    return review.status if review else None


def form(visitor: Visitor, which: str = "edit") -> dict[str, str]:
    """What the form of the claim holds."""
    action = OF_CLAIM if which == "edit" else f"{OF_CLAIM}/{which}"
    return form_of(visitor.get(f"{PATH}?{which}={CLAIM.claim_id}"), action)


def press(visitor: Visitor, what: str) -> Any:
    """Press a button of the claim."""
    return visitor.post(f"{OF_CLAIM}/{what}", form_of(visitor.get(PATH), f"{OF_CLAIM}/{what}"))


def test_every_claim_and_the_text_are_shown(visitor: Visitor) -> None:
    answer = visitor.get(PATH)
    assert answer.text.count("<blockquote") == len(RECORD.claims)
    assert "Chains from the origins at the left" in answer.text


def test_accept_drop_restore_and_undo(visitor: Visitor, file: Path) -> None:
    assert "Accepted." in press(visitor, "accept").text
    assert status(file) is ReviewStatus.ACCEPTED
    assert "Dropped." in press(visitor, "drop").text
    assert status(file) is ReviewStatus.REJECTED
    restored = visitor.post(f"{OF_CLAIM}/restore", form_of(visitor.get(PATH), f"{OF_CLAIM}/restore"))
    assert "Taken back in." in restored.text
    assert status(file) is ReviewStatus.ACCEPTED
    for expected in (ReviewStatus.REJECTED, ReviewStatus.ACCEPTED, None):
        visitor.post(f"{PATH}/undo", form_of(visitor.get(PATH), f"{PATH}/undo"))
        assert status(file) is expected
    assert now(file)[0] == RECORD


def test_a_form_that_is_sent_as_it_is_changes_nothing(visitor: Visitor, file: Path) -> None:
    for claim in RECORD.claims:
        action = f"{PATH}/claims/{claim.claim_id}"
        visitor.post(action, form_of(visitor.get(f"{PATH}?edit={claim.claim_id}"), action))
    with Worklist(file) as worklist:
        assert worklist.entry(ARTICLE).version == 1


def test_one_save_is_one_step_whatever_it_changes(visitor: Visitor, file: Path) -> None:
    text = CLAIM.spans[0].text
    words = " ".join(text.split()[:-1])
    changed = {"source": "Bea Quill", "source_type": "person", "words": words, "kind": "opinion", "hedged": "yes"}
    visitor.post(OF_CLAIM, {**form(visitor), **changed, "anonymous": ""})
    record, claim = now(file)
    assert record.source_of(claim).name == "Bea Quill"
    assert record.chain_of(claim)[0] == "Bea Quill"
    assert not record.source_of(claim).anonymous
    assert (claim.text, claim.kind, claim.hedged) == (words, "opinion", True)
    assert status(file) is ReviewStatus.CORRECTED
    visitor.post(f"{PATH}/undo", form_of(visitor.get(PATH), f"{PATH}/undo"))
    assert now(file)[0] == RECORD


def test_a_source_is_renamed_for_all_of_its_claims_or_for_one(visitor: Visitor, file: Path) -> None:
    claims = [claim.claim_id for claim in RECORD.claims if claim.source_id == SHARED.source_id]
    action = f"{PATH}/claims/{SHARED.claim_id}"
    opened = form_of(visitor.get(f"{PATH}?edit={SHARED.claim_id}"), action)
    visitor.post(action, {**opened, "source": "Bea Quill", "everywhere": "yes"})
    record, _ = now(file)
    named = {claim.claim_id for claim in record.claims if record.source_of(claim).name == "Bea Quill"}
    assert named == set(claims)
    opened = form_of(visitor.get(f"{PATH}?edit={SHARED.claim_id}"), action)
    visitor.post(action, {**opened, "source": "Tom Reed"})
    record, _ = now(file)
    assert {c.claim_id for c in record.claims if record.source_of(c).name == "Tom Reed"} == {SHARED.claim_id}


def test_two_sources_become_one(visitor: Visitor, file: Path) -> None:
    other = next(s for s in RECORD.sources if s.source_id not in ("article", SHARED.source_id))
    action = f"{PATH}/claims/{SHARED.claim_id}"
    opened = form_of(visitor.get(f"{PATH}?edit={SHARED.claim_id}"), action)
    visitor.post(action, {**opened, "source": other.name, "everywhere": "yes"})
    record, _ = now(file)
    assert SHARED.source_id not in {claim.source_id for claim in record.claims}
    assert {record.source_of(c).name for c in record.claims if c.claim_id == SHARED.claim_id} == {other.name}


def test_a_note_to_the_others_stands_at_the_claim(visitor: Visitor, file: Path) -> None:
    answer = visitor.post(OF_CLAIM, {**form(visitor), "remark": "Ask <b>her</b> again."})
    assert "Ask &lt;b&gt;her&lt;/b&gt; again." in answer.text
    review = now(file)[1].review
    assert review is not None
    assert review.note == "Ask <b>her</b> again."


def test_a_chain_is_typed_as_it_is_read(visitor: Visitor, file: Path) -> None:
    publisher = RECORD.chain_of(CLAIM)[-1]
    visitor.post(OF_CLAIM, {**form(visitor), "chain": f"Bea Quill > Coastal Radio > {publisher}"})
    record, claim = now(file)
    assert record.chain_of(claim) == ("Bea Quill", "Coastal Radio", publisher)
    assert record.source_of(claim).name == "Bea Quill"


def test_a_chain_that_begins_with_another_than_the_source_is_asked_about(visitor: Visitor, file: Path) -> None:
    sent = {**form(visitor), "source": "Bea Quill", "chain": "Tom Reed > Coastal Radio"}
    answer = visitor.post(OF_CLAIM, sent)
    assert answer.status_code == 400
    assert "The source is “Bea Quill”, and the chain begins with “Tom Reed”" in answer.text
    kept = form_of(answer, OF_CLAIM)
    assert (kept["source"], kept["chain"]) == ("Bea Quill", "Tom Reed > Coastal Radio")
    assert status(file) is None


def test_the_own_voice_is_the_publisher(visitor: Visitor, file: Path) -> None:
    visitor.post(OF_CLAIM, {**form(visitor), "source": RECORD.chain_of(CLAIM)[-1]})
    _, claim = now(file)
    assert claim.source_id == "article"
    assert len(claim.chain) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"words": "Nobody wrote this", "spans": ""}, "does not stand in the article"),
        ({"words": ""}, "Type the words of the claim"),
        ({"spans": "a-b"}, "no places in the text"),
        ({"kind": "rumour"}, "kind"),
        ({"source": "x" * 2001}, "more than 2,000"),
        ({"seen": ""}, "which version"),
        ({"seen": "9" * 30}, "which version"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_nothing_is_lost(
    visitor: Visitor, file: Path, sent: dict[str, str], words: str
) -> None:
    typed = {"claim_normalized": "What I typed, quite long."}
    answer = visitor.post(OF_CLAIM, {**form(visitor), **typed, **sent})
    assert answer.status_code == 400
    assert words in answer.text
    assert form_of(answer, OF_CLAIM)["claim_normalized"] == typed["claim_normalized"]
    assert status(file) is None


def test_a_claim_is_added_with_words_that_stand_apart(visitor: Visitor, file: Path) -> None:
    text = RECORD.article.text
    first, second = CLAIM.spans[0].text.split()[0], text.split()[-1].strip(".")
    before = {claim.claim_id for claim in RECORD.claims}
    sent = form_of(visitor.get(f"{PATH}?add=1"), f"{PATH}/claims")
    visitor.post(f"{PATH}/claims", {**sent, "words": f"{first} […] {second}", "source": "Bea Quill"})
    record, _ = now(file)
    [added] = [claim for claim in record.claims if claim.claim_id not in before]
    assert [span.text for span in added.spans] == [first, second]
    assert record.source_of(added).name == "Bea Quill"
    assert added.review is not None
    assert added.review.status is ReviewStatus.ADDED


def test_a_selection_fills_the_form_of_a_new_claim(visitor: Visitor) -> None:
    span = CLAIM.spans[0]
    answer = visitor.get(f"{PATH}?add=1&spans={span.start}-{span.end}")
    assert form_of(answer, f"{PATH}/claims")["words"] == " ".join(span.text.split())
    assert form_of(visitor.get(f"{PATH}?add=1&spans=nonsense"), f"{PATH}/claims")["words"] == ""


def test_a_verdict_is_kept_with_who_and_when_and_taken_away_again(visitor: Visitor, file: Path) -> None:
    sent = {"rating": "false", "note": "It fell down.", "evidence": "https://a.example/1\r\nhttps://b.example/2"}
    visitor.post(f"{OF_CLAIM}/verdict", {**form(visitor, "verdict"), **sent})
    verdict = now(file)[1].verdict
    assert verdict is not None
    assert (verdict.rating, verdict.by) == (VerdictRating.FALSE, "Ana")
    assert verdict.evidence == ("https://a.example/1", "https://b.example/2")
    visitor.post(f"{OF_CLAIM}/verdict", {**form(visitor, "verdict"), "rating": "", "note": "", "evidence": ""})
    assert now(file)[1].verdict is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "evidence.example", "http://["])
def test_evidence_that_is_no_address_is_refused(visitor: Visitor, file: Path, address: str) -> None:
    answer = visitor.post(f"{OF_CLAIM}/verdict", {**form(visitor, "verdict"), "rating": "true", "evidence": address})
    assert answer.status_code == 400
    assert form_of(answer, f"{OF_CLAIM}/verdict")["evidence"] == address
    assert now(file)[1].verdict is None


def test_the_second_of_two_sees_what_the_first_did_and_decides(visitor: Visitor, file: Path) -> None:
    seen = form(visitor)
    visitor.post("/who", {"who": "Ben"})
    visitor.post(OF_CLAIM, {**form(visitor), "source": "Tom Reed", "kind": "demand"})
    visitor.post("/who", {"who": "Ana"})
    answer = visitor.post(OF_CLAIM, {**seen, "source": "Bea Quill"})
    assert answer.status_code == 409
    assert "<bdi>Ben</bdi> changed this meanwhile" in answer.text
    assert "<bdi>Tom Reed</bdi></td><td><bdi>Bea Quill</bdi>" in answer.text
    record, claim = now(file)
    assert record.source_of(claim).name == "Tom Reed"  # nothing was overwritten
    kept = form_of(answer, OF_CLAIM)
    assert kept["source"] == "Bea Quill"  # and nothing is lost
    assert kept["kind"] == "demand"  # what only Ben changed is as he left it
    visitor.post(OF_CLAIM, kept)
    record, claim = now(file)
    assert (record.source_of(claim).name, claim.kind) == ("Bea Quill", "demand")


def test_two_people_at_two_claims_of_an_article_do_not_meet(visitor: Visitor, file: Path) -> None:
    seen = form(visitor)
    other = f"{PATH}/claims/{OTHER.claim_id}/accept"
    visitor.post("/who", {"who": "Ben"})
    visitor.post(other, form_of(visitor.get(PATH), other))
    visitor.post("/who", {"who": "Ana"})
    answer = visitor.post(OF_CLAIM, {**seen, "kind": "opinion"})
    assert "Saved." in answer.text
    assert now(file)[1].kind == "opinion"
    assert status(file, OTHER.claim_id) is ReviewStatus.ACCEPTED


def test_a_button_of_an_old_page_does_not_undo_what_it_did_not_see(visitor: Visitor, file: Path) -> None:
    press(visitor, "accept")
    old = form_of(visitor.get(PATH), f"{PATH}/undo")
    other = f"{PATH}/claims/{OTHER.claim_id}/accept"
    visitor.post(other, form_of(visitor.get(PATH), other))
    answer = visitor.post(f"{PATH}/undo", old)
    assert answer.status_code == 409
    assert status(file, OTHER.claim_id) is ReviewStatus.ACCEPTED


@pytest.mark.parametrize("order", ["need", "text"])
def test_after_a_decision_comes_the_next_claim_that_nobody_decided(visitor: Visitor, order: str) -> None:
    """Claims stay in their places, so that nobody loses theirs."""
    answer = visitor.get(f"{PATH}?order={order}")
    places = re.findall(r'id="edit-([^"]+)"', answer.text)
    for claim_id in places:
        action = f"{PATH}/claims/{claim_id}/accept"
        answer = visitor.post(action, form_of(answer, action))
        assert re.findall(r'id="edit-([^"]+)"', answer.text) == places
        behind = places[places.index(claim_id) + 1 :] or [claim_id]
        assert answer.url.params["at"] == behind[0]
    assert f"<b>{len(places)} claims</b>, {len(places)} decided" in answer.text


def test_finishing_decides_the_rest(visitor: Visitor, file: Path) -> None:
    visitor.post(f"{PATH}/complete", form_of(visitor.get(PATH), f"{PATH}/complete"))
    record, _ = now(file)
    assert record.review is not None
    assert record.review.status == "complete"
    assert {claim.review.status for claim in record.claims if claim.review} == {ReviewStatus.ACCEPTED}


def test_without_a_name_nothing_is_changed_and_the_way_back_is_kept(visitor: Visitor, file: Path) -> None:
    sent = form(visitor)
    visitor.client.cookies.delete("annotator_who")
    assert "say your name" in visitor.get(PATH).text
    answer = visitor.post(OF_CLAIM, {**sent, "kind": "opinion"})
    assert answer.url.path == "/who"
    assert status(file) is None


def test_an_article_that_is_not_there_is_said(visitor: Visitor) -> None:
    for path in ("/articles/nobody", f"/articles/{key_of('a/b c')}", "/articles/~!!"):
        assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("order", ["need", "text", "nonsense"])
def test_claims_stand_in_the_order_that_is_asked_for(visitor: Visitor, order: str) -> None:
    text = visitor.get(f"{PATH}?order={order}").text
    places = [text.index(f'id="edit-{claim.claim_id}"') for claim in RECORD.claims]
    assert (places == sorted(places)) is (order == "text")
