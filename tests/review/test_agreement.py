"""Machine and reviewers compared, merged, and turned into gold: on reviews of the harbour article made by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.errors import InputError
from annotator.evaluation.gold import read_gold
from annotator.formats import html, jsonl
from annotator.formats.label_studio import prediction
from annotator.labels import ArticleStatus, Kind, ReviewStatus
from annotator.records import AnnotatedArticle, ArticleReview, without_rejected
from annotator.review import files, gold
from annotator.review.agreement import Agreement, agreement, aligned, render
from annotator.review.corrections import corrected
from annotator.review.merge import merge
from annotator.review.pull import Pulled
from annotator.review.regions import Page
from annotator.review.verdicts import judged
from annotator.training.corpus import read_polnear
from tests.factory import HARBOUR, harbour_record
from tests.review.test_corrections import Results, choose, delete, draw, drawn, region_of, relate, resize, type_in

BASE = harbour_record()


def review(results: Results, reviewer: str, at: str = "2026-03-03T10:00:00Z") -> AnnotatedArticle:
    page = Page.read(results, HARBOUR)
    made = judged(BASE, corrected(BASE, page), page)
    status = page.status or ArticleStatus.COMPLETE
    about = ArticleReview(reviewer=reviewer, reviewed_at=at, status=status, task="http://127.0.0.1/projects/1?task=2")
    return made.model_copy(update={"review": about})


def judge(results: Results, status: str) -> None:
    results.append({"id": "s", "from_name": "article_status", "type": "choices", "value": {"choices": [status]}})


def of_ana() -> AnnotatedArticle:
    """Corrects a source's type, deletes a claim, adds one."""
    results = drawn()
    choose(results, region_of(results, "She"), "source_type", "group")
    delete(results, region_of(results, "repairs may take weeks"))
    draw(results, "x1", "Claim", "the guard slept")
    return review(results, "ana@example.com")


def of_ben() -> AnnotatedArticle:
    """Corrects a kind and shortens a claim."""
    results = drawn()
    choose(results, region_of(results, "Two ferries lay idle on Monday"), "kind", "opinion")
    resize(results, region_of(results, "the crane had been overloaded"), "the crane had been")
    return review(results, "ben@example.com", at="2026-03-04T10:00:00Z")


def of_cam() -> AnnotatedArticle:
    """Leaves everything as it is."""
    return review(drawn(), "cam@example.com", at="2026-03-02T10:00:00Z")


def report(*reviews: AnnotatedArticle) -> Agreement:
    return agreement(reviews, {"harbour": BASE})


# --- what a reviewer did ------------------------------------------------------------------------------------------


def test_every_claim_says_what_became_of_it() -> None:
    status = {claim.text: claim.review.status for claim in of_ana().claims if claim.review}
    assert status["the crane had been overloaded"] is ReviewStatus.CORRECTED  # its source is another type
    assert status["Two ferries lay idle on Monday"] is ReviewStatus.ACCEPTED
    assert status["repairs may take weeks"] is ReviewStatus.REJECTED
    assert status["the guard slept"] is ReviewStatus.ADDED
    changed = next(c.review.changed for c in of_ben().claims if c.review and c.text.startswith("Two ferries"))
    assert changed == ("kind",)


def test_rejected_claims_stay_in_their_places_and_can_be_left_out() -> None:
    record = of_ana()
    assert [c.text for c in record.claims][-1] == "repairs may take weeks"
    assert [c.text for c in without_rejected(record).claims][-1] == "the guard slept"
    assert not list(
        AnnotatedArticle.model_validate_json(record.model_dump_json()).model_fields_set
        - set(AnnotatedArticle.model_fields)
    )


def test_a_note_beside_a_claim_and_on_the_article_is_kept() -> None:
    results = drawn()
    type_in(results, region_of(results, "Two ferries lay idle on Monday"), "note", "who saw it?")
    results.append(
        {"id": "n", "from_name": "article_note", "type": "textarea", "value": {"text": ["look at the chain"]}}
    )
    results.append(
        {"id": "s", "from_name": "article_status", "type": "choices", "value": {"choices": ["not_an_article"]}}
    )
    page = Page.read(results, HARBOUR)
    made = judged(BASE, corrected(BASE, page), page)
    assert [c.review.note for c in made.claims if c.review and c.review.note] == ["who saw it?"]
    assert (page.note, page.status) == ("look at the chain", ArticleStatus.NOT_AN_ARTICLE)
    assert all(c.review and c.review.status is ReviewStatus.ACCEPTED for c in made.claims)


def test_the_report_of_the_article_leaves_out_what_a_reviewer_deleted() -> None:
    page = html.render([of_ana()])
    assert page.count('<li class="card') == len(without_rejected(of_ana()).claims)


# --- report -------------------------------------------------------------------------------------------------------


def test_claims_are_counted_by_hand() -> None:
    """Seven of the machine's, seven of Ana's: six are the same, one is deleted and one added."""
    (machine_ana,) = report(of_ana()).comparisons
    assert (machine_ana.claims.right, machine_ana.claims.predicted, machine_ana.claims.gold) == (6, 7, 7)
    assert (machine_ana.exact.right, machine_ana.exact.predicted, machine_ana.exact.gold) == (6, 7, 7)
    assert (machine_ana.fields["source_type"].agreed, machine_ana.fields["source_type"].of) == (4, 6)
    assert machine_ana.fields["kind"].agreed == 6
    assert machine_ana.fields["kind"].alpha == 1.0


def test_alpha_is_that_of_the_formula() -> None:
    """Kinds of seven claims, one of them differing: 1 - (n - 1) * observed / expected, counted by hand."""
    (machine_ben,) = report(of_ben()).comparisons
    assert machine_ben.claims.right == 7
    kinds = [c.kind for c in BASE.claims]
    theirs = [Kind.OPINION if c.text.startswith("Two ferries") else c.kind for c in BASE.claims]
    values = kinds + theirs
    n = len(values)
    unlike = sum(a != b for i, a in enumerate(values) for j, b in enumerate(values) if i != j)
    observed = 2 * sum(a != b for a, b in zip(kinds, theirs, strict=True))
    expected = 1 - observed * (n - 1) / unlike
    assert machine_ben.fields["kind"].alpha == pytest.approx(expected, abs=1e-4)


def test_reviewers_are_compared_with_one_another() -> None:
    names = [(c.one, c.other) for c in report(of_ana(), of_ben()).comparisons]
    assert names == [
        ("machine", "all reviewers"),
        ("machine", "ana@example.com"),
        ("machine", "ben@example.com"),
        ("ana@example.com", "ben@example.com"),
    ]


def test_bands_hold_what_was_accepted_and_kept() -> None:
    bands = {band.low: band for band in report(of_ana()).bands}
    assert (bands[0.0].claims, bands[0.0].accepted, bands[0.0].kept) == (1, 0, 0)  # .4: rejected
    assert (bands[0.9].claims, bands[0.9].accepted, bands[0.9].kept) == (5, 3, 5)  # two of a group now
    assert sum(band.claims for band in bands.values()) == 7


def test_disagreements_show_both_sides_as_a_merge_conflict() -> None:
    made = report(of_ana())
    assert made.corrected[0] == ("source_type", 2)
    conflict = next(d for d in made.disagreements if d.fields == ("source_type",)).conflict()
    ours, theirs = conflict.split("=======")
    assert "<<<<<<< machine" in ours
    assert "Ana Ruiz (person, government)" in ours
    assert "Ana Ruiz (group, government)" in theirs
    assert ">>>>>>> ana@example.com" in theirs
    deleted = next(d for d in made.disagreements if d.fields == ("claim",) and d.rows[0][2] == "(no claim here)")
    assert deleted.rows[0][1] == "repairs may take weeks"


def test_a_reviewer_who_changed_nothing_agrees_with_the_machine() -> None:
    made = report(of_cam())
    assert made.statuses == {"accepted": 7, "corrected": 0, "added": 0, "rejected": 0}
    assert not made.disagreements
    assert all(field.share == 1 for field in made.comparisons[0].fields.values())


def test_the_page_escapes_what_an_article_says() -> None:
    results = drawn()
    type_in(results, region_of(results, "She"), "source_name", "<script>alert(1)</script>\x07")
    page = render(report(review(results, "<b>eve</b>")))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;eve&lt;/b&gt;" in page


def test_the_report_is_plain_json() -> None:
    values = json.loads(json.dumps(report(of_ana(), of_ben()).to_json()))
    assert values["statuses"]["rejected"] == 1
    assert values["comparisons"][1]["claims"]["f1"] == pytest.approx(12 / 14, abs=1e-4)


# --- merge --------------------------------------------------------------------------------------------------------


def test_two_of_three_decide() -> None:
    merged = merge([of_ana(), of_ben(), of_cam()], {"harbour": BASE})
    (record,) = merged.records
    assert [c.text for c in record.claims] == [c.text for c in BASE.claims]  # deleted by one, added by one
    assert record.source_by_id["s03"].type.value == "person"
    assert not merged.undecided
    assert record.review
    assert record.review.reviewer == "ben@example.com + ana@example.com + cam@example.com"


def test_ties_go_to_whoever_is_trusted_and_are_listed() -> None:
    for name, there in (("ana@example.com", True), ("ben@example.com", False)):
        merged = merge([of_ana(), of_ben()], {"harbour": BASE}, trust=[name])
        (record,) = merged.records
        assert ("the guard slept" in [c.text for c in record.claims]) is there
        assert ("repairs may take weeks" in [c.text for c in record.claims]) is not there
        undecided = {(one.claim, one.field) for one in merged.undecided}
        assert ("the guard slept", "claim") in undecided
        assert ("Two ferries lay idle on Monday", "kind") in undecided
        assert all(one.taken == name for one in merged.undecided)
        AnnotatedArticle.model_validate_json(record.model_dump_json())


def test_a_claim_adopted_from_another_reviewer_brings_its_sources() -> None:
    def added(reviewer: str) -> AnnotatedArticle:
        results = drawn()
        for region, label, words in (
            ("x1", "Claim", "the guard slept"),
            ("x2", "Source", "police"),
            ("x3", "Cue", "believed"),
        ):
            draw(results, region, label, words)
        choose(results, "x2", "source_type", "organization")
        relate(results, "x1", "x2", "attributed_to")
        relate(results, "x3", "x1", "cue_of")
        return review(results, reviewer)

    merged = merge(
        [of_cam(), added("dan@example.com"), added("eva@example.com")], {"harbour": BASE}, trust=["cam@example.com"]
    )
    (record,) = merged.records
    claim = next(c for c in record.claims if c.text == "the guard slept")
    assert record.chain_of(claim) == ("police", "Daily Example")
    assert record.attribution_of(claim).cue.text == "believed"  # type: ignore[union-attr]
    assert claim.review
    assert claim.review.status is ReviewStatus.ADDED


# --- gold ---------------------------------------------------------------------------------------------------------


def test_reviews_become_gold_that_is_read_and_trained_on(tmp_path: Path) -> None:
    record = without_rejected(of_ana())
    gold.write(gold.complete([of_ana()]), tmp_path)
    (claims,) = read_gold([p for p in tmp_path.iterdir() if p.suffix == ".json"])
    (article,) = claims.articles
    assert article.text == HARBOUR
    assert [c.text for c in article.claims] == [c.text for c in record.claims]  # type: ignore[union-attr]
    assert [c.chain for c in article.claims] == [record.chain_of(c) for c in record.claims]  # type: ignore[union-attr]
    (example,) = read_polnear(tmp_path / "attributions.jsonl")
    found = [[HARBOUR[slice(*span)] for part in item for span in part] for item in example.attributions]
    assert ["Mayor Ana Ruiz", "said", "“The crane fell at midnight,”", "“and nobody was hurt.”"] in found


def test_only_complete_articles_of_one_reviewer_are_gold() -> None:
    results = drawn()
    results.append(
        {"id": "s", "from_name": "article_status", "type": "choices", "value": {"choices": ["needs_second_look"]}}
    )
    assert gold.complete([review(results, "ana@example.com")]) == []
    with pytest.raises(InputError, match="Merge them first"):
        gold.complete([of_ana(), of_ben()])


# --- the commands -------------------------------------------------------------------------------------------------


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    files.write(Pulled(1, reviews=[of_ana(), of_ben()], machine=[BASE]), tmp_path / "pulled")
    return tmp_path / "pulled"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_report_merge_and_gold_by_command(pulled: Path, tmp_path: Path) -> None:
    status, said, _ = run("review", "report", pulled, "--html", tmp_path / "r.html", "--json", tmp_path / "r.json")
    assert status == 0
    assert "<<<<<<< ana@example.com" in said  # between people before all
    assert "Agreement" in said
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "r.json").read_text())["articles"] == 1

    status, _, told = run("review", "merge", pulled, "-o", tmp_path / "merged", "--trust", "ana@example.com")
    assert status == 0
    assert "1 articles" in told
    assert "the guard slept" in (tmp_path / "merged" / "undecided.csv").read_text(encoding="utf-8")
    assert "rejected" not in (tmp_path / "merged" / "claims.csv").read_text(encoding="utf-8")

    status, _, told = run("review", "gold", tmp_path / "merged", "-o", tmp_path / "gold")
    assert status == 0
    assert len(list((tmp_path / "gold").glob("*.json"))) == 1


def test_claims_of_reviews_are_a_table_with_their_status(pulled: Path) -> None:
    import pandas as pd

    table = pd.read_csv(pulled / "claims.csv")
    counts = table.groupby("reviewer")["review_status"].value_counts().to_dict()
    assert counts["ana@example.com", "rejected"] == 1
    assert counts["ben@example.com", "corrected"] == 2
    assert set(table.loc[table["review_status"] == "corrected", "review_changed"]) == {"source_type", "kind", "spans"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["review", "report", "nowhere"], "Fetch the reviews first"),
        (["review", "merge", "PULLED", "-o", "OUT", "--trust", "eve"], "no review by eve. Reviewers are: ana@"),
        (["review", "gold", "PULLED", "-o", "OUT"], "Merge them first"),
    ],
)
def test_what_cannot_be_done_says_the_way_out(pulled: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    places = {"PULLED": str(pulled), "OUT": str(tmp_path / "out")}
    status, _, said = run(*(places.get(part, part) for part in arguments))
    assert status == 2
    assert told in said


def test_alignment_takes_the_best_pairs_first() -> None:
    pairs = aligned(BASE, without_rejected(of_ana()))
    assert [(a and a.text, b and b.text) for a, b in pairs if a is None or b is None] == [
        ("repairs may take weeks", None),
        (None, "the guard slept"),
    ]


def test_prediction_of_a_review_shows_its_notes() -> None:
    results = drawn()
    type_in(results, region_of(results, "Two ferries lay idle on Monday"), "note", "who saw it?")
    record = without_rejected(review(results, "ana@example.com"))
    page = Page.read(prediction(record)["result"], HARBOUR)
    assert [r.typed["note"] for r in page.regions.values() if "note" in r.typed] == ["who saw it?"]
    assert corrected(record, page) == record


def test_reviews_of_one_article_by_several_are_sound_lines(pulled: Path) -> None:
    assert len(list(jsonl.load(pulled / "reviews.jsonl"))) == 2
    assert not list(jsonl.check(pulled / "reviews.jsonl"))
