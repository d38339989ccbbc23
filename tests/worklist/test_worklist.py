"""Articles in and out of a worklist, its lists, its history, and what two people see of each other."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import ChangeError, ConflictError, UnknownArticleError, WorklistError
from annotator.formats import jsonl
from annotator.formats.jsonl import load
from annotator.labels import ArticleStatus, VerdictRating
from annotator.records import AnnotatedArticle, Article
from annotator.review import files
from annotator.review.agreement import agreement
from annotator.review.gold import complete
from annotator.review.merge import merge
from annotator.worklist import Entry, Order, Queue, Worklist, folders
from tests.factory import harbour_record, own_voice, plain_record, span
from tests.worklist.making import changes, place

ACCEPT = {"change": "accept_claim", "claim_id": "c01"}
DROP = {"change": "drop_claim", "claim_id": "c06"}


@pytest.fixture
def worklist(tmp_path: Path) -> Iterator[Worklist]:
    with Worklist(tmp_path / "desk.worklist") as made:
        made.add(harbour_record(), by="Ada")
        yield made


def renamed(record: AnnotatedArticle, article_id: str, **known: Any) -> AnnotatedArticle:
    article = Article.model_validate({**dict(record.article), "article_id": article_id, **known})
    return record.model_copy(update={"article": article})


def stored(worklist: Worklist) -> bytes:
    """The very bytes that the file has of the harbour article."""
    with sqlite3.connect(worklist.path) as file:
        (text,) = file.execute("SELECT record FROM articles WHERE article_id = 'harbour'").fetchone()
    file.close()
    return str(text).encode()


# --- articles in ------------------------------------------------------------------------------------------------------


def test_an_article_that_is_there_stays_with_all_that_was_done_to_it(worklist: Worklist) -> None:
    done = worklist.correct("harbour", ACCEPT, "Ada", 1)
    assert not worklist.add(harbour_record(), by="Bo")
    assert worklist.entry("harbour") == done


def test_an_id_with_another_text_is_refused_and_nothing_of_the_whole_is_added(worklist: Worklist) -> None:
    others = [plain_record("Rain fell.", article_id="rain"), plain_record("Snow fell.", article_id="harbour")]
    with pytest.raises(WorklistError, match="'harbour': is in the worklist with another text"):
        worklist.add_all(others, by="Ada")
    assert [row.article_id for row in worklist.articles().rows] == ["harbour"]


def test_a_record_that_was_reviewed_already_is_refused(worklist: Worklist, tmp_path: Path) -> None:
    done = worklist.correct("harbour", ACCEPT, "Ada", 1)
    with Worklist(tmp_path / "other.worklist") as other, pytest.raises(WorklistError, match="was reviewed by Ada"):
        other.add(done.record, by="Bo")


def test_a_text_that_no_file_can_hold_is_mended_on_its_way_in(worklist: Worklist) -> None:
    worklist.add(plain_record("Lone \ud800 surrogate.", article_id="lone"), by="Ada")
    assert worklist.entry("lone").record.article.text == "Lone \ufffd surrogate."


def test_what_was_taken_out_is_gone_with_its_history(worklist: Worklist) -> None:
    worklist.correct("harbour", ACCEPT, "Ada", 1)
    worklist.remove("harbour")
    assert worklist.claims().total == 0
    for call in (worklist.remove, worklist.entry):
        with pytest.raises(UnknownArticleError, match="no article 'harbour'"):
            call("harbour")
    worklist.add(harbour_record(), by="Ada")
    assert worklist.entry("harbour").history == ()


# --- lists ------------------------------------------------------------------------------------------------------------


def ids(worklist: Worklist, **asked: Any) -> list[str]:
    return [row.claim_id for row in worklist.claims(**asked).rows]


def test_what_needs_a_person_comes_first_and_says_why(worklist: Worklist) -> None:
    first, second = worklist.claims().rows[:2]
    assert (first.claim_id, second.claim_id) == ("c07", "c02")
    assert first.why == ("two sources could be meant: Tom Lee or guard",)
    assert second.why == ("the source is anonymous", "it came through Coastal Wire")
    assert second.chain == ("Harbour official (anonymous)", "Coastal Wire", "Daily Example")


def test_a_claim_that_was_decided_sinks(worklist: Worklist) -> None:
    worklist.correct("harbour", {"change": "accept_claim", "claim_id": "c07"}, "Ada", 1)
    assert ids(worklist)[0] == "c02"


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        (Queue.ALL, ["c01", "c02", "c03", "c04", "c05", "c07"]),
        (Queue.OPEN, ["c02", "c03", "c04", "c05", "c07"]),
        (Queue.NEEDS_REVIEW, ["c07"]),
        (Queue.ANONYMOUS, ["c02"]),
        (Queue.CHAIN, ["c02"]),
        (Queue.CHECKWORTHY, []),
        (Queue.PREDICTIONS, ["c02"]),
        (Queue.WITH_VERDICT, ["c03"]),
        (Queue.WITHOUT_VERDICT, ["c01", "c02", "c04", "c05", "c07"]),
        (Queue.REJECTED, ["c06"]),
    ],
)
def test_each_queue_has_its_claims(worklist: Worklist, queue: Queue, expected: list[str]) -> None:
    worklist.correct("harbour", ACCEPT, "Ada", 1)
    worklist.correct("harbour", DROP, "Ada", 2)
    worklist.correct("harbour", {"change": "set_verdict", "claim_id": "c03", "rating": "mixed"}, "Ada", 3)
    assert ids(worklist, queue=queue, order=Order.TEXT) == expected


def test_what_is_worth_checking_has_a_queue_and_an_order_of_its_own(worklist: Worklist) -> None:
    text = "Ships sank. 40 ships sank. More than 40 ships sank."
    lines = ("Ships sank", "40 ships sank", "More than 40 ships sank")
    claims = tuple(own_voice(f"w{n}", span(text, words)) for n, words in enumerate(lines))
    worklist.add(plain_record(text, article_id="ships").model_copy(update={"claims": claims}), by="Ada")
    found = worklist.claims(queue=Queue.CHECKWORTHY, order=Order.CHECKWORTHY).rows
    assert [(row.claim_id, row.checkworthy) for row in found] == [("w2", 0.75), ("w1", 0.4)]
    assert found[1].checkworthy_why == ("a number or an amount (“40”)",)
    assert worklist.articles(search="ships").rows[0].checkworthy == 2


def test_a_search_finds_words_sources_and_links_whatever_their_case(worklist: Worklist) -> None:
    assert ids(worklist, search="FERRIES lay") == ["c04"]
    assert ids(worklist, search="coastal wire") == ["c02"]
    assert ids(worklist, search="100%_") == []


def test_a_list_comes_in_pages(worklist: Worklist) -> None:
    whole = ids(worklist)
    pages = [worklist.claims(offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert [row.claim_id for page in pages for row in page.rows] == whole
    assert {page.total for page in pages} == {len(whole)}
    assert worklist.claims(offset=-5, limit=10**30).total == len(whole)


def test_an_article_in_a_list_counts_its_claims(worklist: Worklist) -> None:
    worklist.correct("harbour", DROP, "Ada", 1)
    worklist.correct("harbour", {"change": "set_verdict", "claim_id": "c03", "rating": "mixed"}, "Bo", 2)
    (row,) = worklist.articles(search="eastport").rows
    counted = (row.claims, row.open, row.needs_review, row.anonymous, row.checkworthy, row.verdicts, row.rejected)
    assert counted == (6, 6, 1, 1, 0, 1, 1)
    assert (row.version, row.added_by, row.changed_by, row.status) == (3, "Ada", "Bo", None)


def test_articles_are_found_by_how_far_they_are(worklist: Worklist) -> None:
    worklist.add(renamed(harbour_record(), "second", title=None), by="Ada")
    worklist.correct("harbour", {"change": "set_status", "status": "complete"}, "Ada", 1)
    assert [row.article_id for row in worklist.articles(status="complete").rows] == ["harbour"]
    assert [row.article_id for row in worklist.articles(status="open").rows] == ["second"]
    assert [row.article_id for row in worklist.articles(order=Order.TEXT).rows] == ["harbour", "second"]
    assert worklist.articles(status="open").rows[0].title == "Harbour stays shut after night crash"
    with pytest.raises(ChangeError, match="no status 'done'"):
        worklist.articles(status="done")


def test_claims_of_one_article_are_its_own(worklist: Worklist) -> None:
    worklist.add(renamed(harbour_record(), "second"), by="Ada")
    assert worklist.claims().total == 14
    assert {row.article_id for row in worklist.claims(article_id="second").rows} == {"second"}
    assert worklist.claims(article_id="nobody's").total == 0


# --- work, and two people at it ---------------------------------------------------------------------------------------


def test_a_stale_version_is_told_who_changed_what_and_nothing_is_lost(worklist: Worklist) -> None:
    kept = worklist.correct("harbour", DROP, "Ada", 1)
    with pytest.raises(ConflictError, match=r"at version 2, not 1\. Meanwhile Ada at .* UTC: c06 dropped") as found:
        worklist.correct("harbour", ACCEPT, "Bo", 1)
    assert found.value.version == 2
    assert worklist.entry("harbour") == kept
    assert worklist.correct("harbour", ACCEPT, "Bo", found.value.version).version == 3


def test_a_change_that_does_not_fit_leaves_everything_as_it_was(worklist: Worklist) -> None:
    before = worklist.entry("harbour")
    with pytest.raises(ChangeError, match="no claim 'c99'"):
        worklist.correct("harbour", {"change": "together", "changes": [ACCEPT, ACCEPT | {"claim_id": "c99"}]}, "Bo", 1)
    assert worklist.entry("harbour") == before


@pytest.mark.parametrize("by", ["", " \n", "Ada + Bo", "x" * 201])
def test_nobody_is_no_name(worklist: Worklist, by: str) -> None:
    with pytest.raises(ChangeError, match="by: a name is needed"):
        worklist.correct("harbour", ACCEPT, by, 1)


def test_the_history_says_who_when_and_what(worklist: Worklist) -> None:
    worklist.correct("harbour", ACCEPT, "Ada", 1)
    source = {"change": "set_source", "claim_id": "c07", "source": {"source_id": "s04"}}
    worklist.correct("harbour", {"change": "together", "changes": [source, DROP]}, "Bo", 2)
    entry = worklist.undo("harbour", "Bo", 3)
    assert [(step.version, step.by, step.what, step.undone) for step in entry.history] == [
        (2, "Ada", "c01 accepted", False),
        (3, "Bo", "source of c07: Tom Lee; c06 dropped", True),
        (4, "Bo", "undo: source of c07: Tom Lee; c06 dropped", False),
    ]
    assert entry.history[0].change == ACCEPT
    assert entry.history[1].change == {"change": "together", "changes": [source, DROP]}
    assert entry.history[0].at <= entry.history[1].at <= entry.history[2].at
    assert (entry.undo, entry.redo) == ("c01 accepted", "source of c07: Tom Lee; c06 dropped")


def test_somebody_elses_change_is_undone_only_on_demand(worklist: Worklist) -> None:
    worklist.correct("harbour", DROP, "Ada", 1)
    with pytest.raises(ConflictError, match="the last change is Ada’s: c06 dropped"):
        worklist.undo("harbour", "Bo", 2)
    assert worklist.undo("harbour", "Bo", 2, anybodys=True).record == harbour_record()


def test_nothing_can_be_undone_before_the_first_change_or_made_again_after_a_new_one(worklist: Worklist) -> None:
    with pytest.raises(ChangeError, match="nothing to undo"):
        worklist.undo("harbour", "Ada", 1)
    worklist.correct("harbour", DROP, "Ada", 1)
    worklist.undo("harbour", "Ada", 2)
    worklist.correct("harbour", ACCEPT, "Ada", 3)
    with pytest.raises(ChangeError, match="nothing was undone"):
        worklist.redo("harbour", "Ada", 4)
    with pytest.raises(ConflictError, match="at version 4, not 1"):
        worklist.undo("harbour", "Ada", 1)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_undo_and_redo_give_back_the_very_bytes(data: st.DataObject, tmp_path: Path) -> None:
    (tmp_path / "any.worklist").unlink(missing_ok=True)
    with Worklist(tmp_path / "any.worklist") as worklist:
        worklist.add(harbour_record(), by="Ada")
        entry, done, undone = worklist.entry("harbour"), [stored(worklist)], list[bytes]()
        for step in data.draw(st.lists(st.sampled_from(["change", "change", "undo", "redo"]), max_size=10)):
            try:
                entry = _made(worklist, entry, step, data)
            except ChangeError:
                assert step == "change" or (len(done) == 1 if step == "undo" else not undone)
                continue
            if step == "undo":
                undone.append(done.pop())
            elif step == "redo":
                done.append(undone.pop())
            else:
                done.append(stored(worklist))
                undone.clear()
            assert stored(worklist) == done[-1]
            assert entry.record == AnnotatedArticle.model_validate_json(done[-1])
            assert entry.machine == harbour_record()
        worklist.close()
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"any.worklist{end}").unlink(missing_ok=True)


def _made(worklist: Worklist, entry: Entry, step: str, data: st.DataObject) -> Entry:
    if step == "undo":
        return worklist.undo("harbour", "Ada", entry.version)
    if step == "redo":
        return worklist.redo("harbour", "Ada", entry.version)
    return worklist.correct("harbour", data.draw(changes(entry.record)), "Ada", entry.version)


def test_what_was_exported_comes_into_another_worklist_as_it_was(worklist: Worklist, tmp_path: Path) -> None:
    done = worklist.correct("harbour", DROP, "Ada", 1)
    worklist.export(tmp_path / "out")
    reviews, machines = folders.read(tmp_path / "out")
    with Worklist(tmp_path / "other.worklist") as other:
        assert other.add_all(reviews, by="Bo", machines=machines) == 1
        entry = other.entry("harbour")
        assert (entry.record, entry.machine, entry.history) == (done.record, done.machine, ())
        back = other.correct("harbour", {"change": "accept_claim", "claim_id": "c06"}, "Bo", 1)
        assert back.record.review is not None
        assert back.record.review.reviewer == "Ada + Bo"


def test_two_reviews_of_an_article_have_to_be_merged_first(tmp_path: Path) -> None:
    reviews = []
    for by in ("Ada", "Bo"):
        with Worklist(tmp_path / f"{by}.worklist") as worklist:
            worklist.add(harbour_record(), by=by)
            reviews.append(worklist.correct("harbour", DROP, by, 1).record)
    folder = tmp_path / "both"
    folder.mkdir()
    jsonl.write(reviews, folder / files.REVIEWS)
    jsonl.write([harbour_record()], folder / files.MACHINE)
    with pytest.raises(WorklistError, match="'harbour' has reviews by Ada and Bo"):
        folders.read(folder)
    files.write_merged(merge(*files.read(folder)), folder)
    (merged,) = folders.read(folder)[0]
    assert [claim.claim_id for claim in merged.claims] == ["c01", "c02", "c03", "c04", "c05", "c07"]
    with Worklist(tmp_path / "third.worklist") as worklist:
        assert worklist.add(merged, by="Cy", machine=harbour_record())


# --- out --------------------------------------------------------------------------------------------------------------


def exported(worklist: Worklist, folder: Path) -> tuple[list[AnnotatedArticle], dict[str, AnnotatedArticle]]:
    worklist.export(folder)
    return files.read(folder)


def test_what_comes_out_is_what_a_pull_leaves(worklist: Worklist, tmp_path: Path) -> None:
    worklist.add(renamed(harbour_record(), "untouched"), by="Ada")
    worklist.correct("harbour", DROP, "Ada", 1)
    worklist.correct("harbour", {"change": "add_claim", "spans": [place("nobody was hurt")]}, "Bo", 2)
    worklist.correct("harbour", {"change": "set_labels", "claim_id": "c03", "kind": "opinion"}, "Ada", 3)
    worklist.correct("harbour", {"change": "set_status", "status": "complete"}, "Ada", 4)
    reviews, machine = exported(worklist, tmp_path)
    assert machine == {"harbour": harbour_record()}
    assert [record.article.article_id for record in reviews] == ["harbour"]
    made = agreement(reviews, machine)
    assert made.statuses == {"accepted": 5, "corrected": 1, "added": 1, "rejected": 1}
    assert made.reviewers == ["Ada + Bo"]
    (merged,) = merge(reviews, machine).records
    assert [claim.claim_id for claim in merged.claims] == ["c01", "c02", "c03", "r1", "c04", "c05", "c07"]
    assert len(complete(reviews)) == 1


def test_claims_that_nobody_decided_about_stay_open_when_merged(worklist: Worklist, tmp_path: Path) -> None:
    worklist.correct("harbour", ACCEPT, "Ada", 1)
    reviews, machine = exported(worklist, tmp_path)
    (merged,) = merge(reviews, machine).records
    assert [claim.claim_id for claim in merged.claims if claim.review] == ["c01"]
    assert complete(reviews) == []


def test_verdicts_of_two_worklists_are_merged_and_a_split_is_told(tmp_path: Path) -> None:
    reviews: list[AnnotatedArticle] = []
    machine: dict[str, AnnotatedArticle] = {}
    for by, claim_id, rating in (("Ada", "c03", "true"), ("Bo", "c03", "false"), ("Cy", "c05", "mixed")):
        with Worklist(tmp_path / f"{by}.worklist") as worklist:
            worklist.add(harbour_record(), by=by)
            worklist.correct("harbour", {"change": "set_verdict", "claim_id": claim_id, "rating": rating}, by, 1)
            theirs, machine = exported(worklist, tmp_path / by)
            reviews += theirs
    merged = merge(reviews, machine, trust=["Ada"])
    verdicts = {claim.claim_id: claim.verdict.rating for claim in merged.records[0].claims if claim.verdict}
    assert verdicts == {"c03": VerdictRating.TRUE, "c05": VerdictRating.MIXED}
    assert [(one.field, dict(one.values)) for one in merged.undecided] == [("verdict", {"Ada": "true", "Bo": "false"})]


def test_tables_and_other_formats_have_every_article(worklist: Worklist, tmp_path: Path) -> None:
    import pandas as pd

    worklist.add(renamed(harbour_record(), "untouched"), by="Ada")
    worklist.correct("harbour", {"change": "set_verdict", "claim_id": "c03", "rating": "mixed"}, "Bo", 1)
    paths = worklist.export(tmp_path / "out", ["jsonl", "html"])
    assert all(path.exists() for path in paths)
    assert [record.article.article_id for record in load(tmp_path / "out")] == ["harbour", "untouched"]
    table = pd.read_csv(tmp_path / "out" / "claims.csv")
    assert len(table) == 14
    assert table.loc[table["verdict"].notna(), ["article_id", "claim_id", "verdict_by"]].to_numpy().tolist() == [
        ["harbour", "c03", "Bo"]
    ]
    with pytest.raises(ChangeError, match="no format docx"):
        worklist.export(tmp_path / "out", ["docx"])


def test_an_article_that_is_none_needs_nobody(worklist: Worklist) -> None:
    worklist.add(renamed(harbour_record(), "second"), by="Ada")
    worklist.correct("harbour", {"change": "set_status", "status": "not_an_article", "note": "An ad"}, "Ada", 1)
    rows = worklist.articles().rows
    assert [row.article_id for row in rows] == ["second", "harbour"]
    assert rows[1].status is ArticleStatus.NOT_AN_ARTICLE
