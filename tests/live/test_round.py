"""The round through the real Label Studio: articles out, what reviewers did back, and what may go wrong between."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from typer.testing import CliRunner

from annotator.cli import app
from annotator.errors import StudioError
from annotator.formats.jsonl import load
from annotator.formats.label_studio import config, model_version, prediction
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle, without_rejected
from annotator.review import pull, push
from annotator.review.pull import Pulled
from annotator.review.push import Pushed
from annotator.review.server import LabelStudioServer
from annotator.text import encodable_record
from tests.factory import TOOL, harbour_record, plain_record, records
from tests.live.people import Person, invited, owner, personal_access_token
from tests.live.proxy import Fate, Plan, proxy

pytestmark = pytest.mark.live
EXPORTS = Path(__file__).parent.parent.parent / "exports" / "records.jsonl"
ARTICLES = 50
ODD_TEXTS = {
    "carriage-returns": "Police said\r\nthe road was shut.\rNobody was hurt.\r\n",
    "joined-emoji": "The 👩‍👩‍👧‍👦 family 🇺🇦 said “we are safe 🚢”.\n",
    "blanks": "\tA\u00a0mayor\u00a0said\u2009so.\u200b Soft\u00adhyphen,\u2028line.\x85 \ufeffmark",
    "markup": "<b>bold</b> &amp; &lt;i&gt; </script><script>alert(1)</script> ]]> {{ text }} $title",
    "right-to-left": "قال المسؤول إن الطريق مغلق. \u202eدخل\u202c אמר השר",
    "combining": "e\u0301 said Jose\u0301. 한국어 ไทย",
    "formula": '=1+1;@SUM(A1) "quoted, twice"',
}


def generated(count: int) -> list[AnnotatedArticle]:
    """The same records of any shape in every run."""
    made: dict[str, AnnotatedArticle] = {}

    @settings(
        max_examples=count * 12,  # half of them are empty, blank or hold a NUL
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(records())
    def collect(record: AnnotatedArticle) -> None:
        # The server wants some text, and takes no NUL.
        if record.article.text.strip() and "\0" not in record.model_dump_json():
            made.setdefault(record.article.article_id, record)

    collect()
    assert len(made) >= count
    return list(made.values())[:count]


def fifty() -> list[AnnotatedArticle]:
    """The six of the gallery and the harbour, texts with odd characters, and generated records up to fifty."""
    known = [
        renamed(record.model_copy(update={"tool": TOOL}), f"gallery-{n}") for n, record in enumerate(load(EXPORTS), 1)
    ]
    odd = [plain_record(text, article_id) for article_id, text in ODD_TEXTS.items()]
    some = [harbour_record(), *known, *odd]
    return [*some, *generated(ARTICLES - len(some))]


def renamed(record: AnnotatedArticle, article_id: str) -> AnnotatedArticle:
    return record.model_copy(update={"article": record.article.model_copy(update={"article_id": article_id})})


def newer(record: AnnotatedArticle) -> AnnotatedArticle:
    """What another model says of the article: one claim less."""
    tool = record.tool.model_copy(update={"model": "test-2"})
    return record.model_copy(update={"tool": tool, "claims": record.claims[:-1]})


def numbered(count: int, start: int = 0) -> list[AnnotatedArticle]:
    return [plain_record(f"Ship {n} came in on Monday.", f"ship-{n}") for n in range(start, start + count)]


def unreviewed(record: AnnotatedArticle, like: AnnotatedArticle) -> AnnotatedArticle:
    """The record without its review fields, of which `needs_review` with its reasons is one."""
    doubts = {
        claim.claim_id: {"needs_review": claim.needs_review, "review_reasons": claim.review_reasons}
        for claim in like.claims
    }
    claims = tuple(
        claim.model_copy(update={"review": None, **doubts[claim.claim_id]}) for claim in without_rejected(record).claims
    )
    return record.model_copy(update={"claims": claims, "review": None})


@pytest.fixture(scope="module")
def me(studio: LabelStudioServer) -> Person:
    return owner(studio)


@pytest.fixture
def title(request: pytest.FixtureRequest) -> str:
    """A project for this test alone."""
    return f"{str(request.node.name).removeprefix('test_')[:40]} {uuid4().hex[:8]}"


Send = Callable[..., Pushed]
Fetch = Callable[[], Pulled]


@pytest.fixture
def send(me: Person, title: str) -> Send:
    def send_(made: list[AnnotatedArticle], *, url: str = me.url, key: str = me.token, **more: Any) -> Pushed:
        return push(made, url=url, api_key=key, project=title, **{"create": True, **more})

    return send_


@pytest.fixture
def fetch(me: Person, title: str) -> Fetch:
    return lambda: pull(url=me.url, api_key=me.token, project=title)


# --- out and back -------------------------------------------------------------------------------------------------


def test_fifty_articles_go_out_once_and_come_back_as_they_were(send: Send, fetch: Fetch, me: Person) -> None:
    made = fifty()
    pushed = send(made)
    assert (pushed.new, pushed.known, pushed.updated) == (ARTICLES, 0, 0)
    again = send(made)
    assert (again.new, again.known, again.updated) == (0, ARTICLES, 0)

    tasks, drafts = me.tasks(pushed.project), me.predictions(pushed.project)
    assert set(tasks) == {record.article.article_id for record in made}
    for record in made:
        there = tasks[record.article.article_id]
        assert there["data"]["text"] == record.article.text
        [draft] = drafts[there["id"]]
        assert draft["result"] == prediction(record)["result"]
        assert draft["model_version"] == model_version(record)
        me.submit(there["id"], draft["result"], draft["id"])

    pulled = fetch()
    assert not pulled.problems
    back = {review.article.article_id: review for review in pulled.reviews}
    for record in made:
        review = back[record.article.article_id]
        assert unreviewed(review, record) == record
        assert {claim.review.status for claim in review.claims if claim.review} <= {ReviewStatus.ACCEPTED}
        assert review.review is not None
        assert review.review.reviewer == me.email
        assert review.review.seconds == 12.5
    assert sorted(r.article.article_id for r in pulled.machine) == sorted(back)


def test_predictions_have_choices_names_and_relations(send: Send, me: Person) -> None:
    pushed = send([harbour_record()])
    [draft] = me.predictions(pushed.project)[me.tasks(pushed.project)["harbour"]["id"]]
    kinds = {result["type"] for result in draft["result"]}
    assert kinds == {"labels", "choices", "textarea", "relation"}
    joined = {label for result in draft["result"] for label in result.get("labels", ())}
    assert joined == {"attributed_to", "cited_by", "cue_of", "same_source", "continues"}
    assert me.call("GET", f"/api/projects/{pushed.project}")["model_version"] == model_version(harbour_record())


def test_half_a_surrogate_and_a_nul_do_no_harm(send: Send, fetch: Fetch, me: Person) -> None:
    made = [plain_record("half \ud83d of a ship", "half"), plain_record("A nul \0 in a ship", "nul")]
    pushed = send(made)
    assert pushed.new == 2
    assert send(made).known == 2
    tasks, drafts = me.tasks(pushed.project), me.predictions(pushed.project)
    for record in made:
        [draft] = drafts[tasks[record.article.article_id]["id"]]
        me.submit(draft["task"], draft["result"], draft["id"])
    pulled = fetch()
    assert not pulled.problems
    assert [unreviewed(review, record) for review, record in zip(pulled.reviews, made, strict=True)] == [
        encodable_record(record) for record in made
    ]


def test_articles_with_claims_to_review_have_a_tab_of_their_own(send: Send, studio: LabelStudioServer) -> None:
    pushed = send([harbour_record(), plain_record("It rained.", "sure")])
    me = owner(studio)
    views = {view["data"]["title"]: view["id"] for view in me.call("GET", f"/api/dm/views?project={pushed.project}")}
    shown = {
        title: [task["data"]["article_id"] for task in me.call("GET", f"/api/tasks?view={view}&fields=all")["tasks"]]
        for title, view in views.items()
    }
    assert shown.pop("Needs review") == ["harbour"]
    assert set(shown.pop("Least certain first")) == {"harbour", "sure"}
    assert not shown


def test_a_newer_model_becomes_current_and_old_reviews_keep_their_own(send: Send, fetch: Fetch, me: Person) -> None:
    old, new = harbour_record(), newer(harbour_record())
    pushed = send([old])
    number = me.tasks(pushed.project)["harbour"]["id"]
    [first] = me.predictions(pushed.project)[number]
    me.submit(number, first["result"], first["id"])

    again = send([new])
    assert (again.new, again.updated) == (0, 1)
    assert send([new]).known == 1
    assert me.call("GET", f"/api/projects/{pushed.project}")["model_version"] == model_version(new)
    before, after = me.predictions(pushed.project)[number]
    assert before["result"] == first["result"]
    assert after["result"] == prediction(new)["result"]

    pulled = fetch()
    assert [unreviewed(review, old) for review in pulled.reviews] == [old]
    assert pulled.machine == [new]


def test_articles_of_another_version_are_told_for_their_drafts_are_not_shown(send: Send) -> None:
    old, new = plain_record("Rain fell.", "old"), plain_record("Snow fell.", "new")
    assert send([old]).outdated == 0
    assert send([newer(new)]).outdated == 1
    assert send([newer(old)]).outdated == 0


def test_drafts_of_many_versions_are_not_sent_again(send: Send, me: Person) -> None:
    """The server lists the versions of a task's drafts in 500 characters, in any order."""
    versions = [
        plain_record("Rain fell.").model_copy(update={"tool": TOOL.model_copy(update={"model": f"model-{n}" * 30})})
        for n in range(3)
    ]
    for record in versions:
        pushed = send([record])
    assert all(send([record]).known == 1 for record in versions)
    [drafts] = me.predictions(pushed.project).values()
    assert [draft["model_version"] for draft in drafts] == [model_version(record) for record in versions]


# --- people -------------------------------------------------------------------------------------------------------


def test_two_reviewers_of_one_article_are_kept_apart(
    send: Send, fetch: Fetch, me: Person, studio: LabelStudioServer
) -> None:
    second, record = invited(studio), harbour_record()
    pushed = send([record], reviewers=2)
    number = me.tasks(pushed.project)["harbour"]["id"]
    [draft] = me.predictions(pushed.project)[number]
    changed = [result for result in draft["result"] if "claim-4" not in (result.get("id"), result.get("to_id"))]
    me.submit(number, draft["result"], draft["id"])
    second.submit(number, draft["result"], draft["id"])
    second.submit(number, changed, draft["id"])  # thought again: the last one counts
    pulled = fetch()
    assert not pulled.problems
    by_reviewer = {review.review.reviewer: review for review in pulled.reviews if review.review}
    assert set(by_reviewer) == {me.email, second.email}
    assert unreviewed(by_reviewer[me.email], record) == record
    rejected = {
        claim.claim_id
        for claim in by_reviewer[second.email].claims
        if claim.review and claim.review.status is ReviewStatus.REJECTED
    }
    assert rejected == {"c04"}


def test_skipped_begun_and_untouched_articles_are_counted(send: Send, fetch: Fetch, me: Person) -> None:
    pushed = send(numbered(4))
    tasks, drafts = me.tasks(pushed.project), me.predictions(pushed.project)
    me.skip(tasks["ship-0"]["id"])
    me.begin(tasks["ship-1"]["id"], drafts[tasks["ship-1"]["id"]][0]["result"])
    me.submit(tasks["ship-2"]["id"], drafts[tasks["ship-2"]["id"]][0]["result"])
    pulled = fetch()
    counts = (pulled.tasks, pulled.skipped, pulled.drafts, pulled.untouched, len(pulled.reviews))
    assert counts == (4, 1, 1, 1, 1)


def test_a_deleted_task_is_not_missed_and_comes_again(send: Send, fetch: Fetch, me: Person) -> None:
    pushed = send(numbered(3))
    tasks = me.tasks(pushed.project)
    me.submit(tasks["ship-0"]["id"], [])
    me.call("DELETE", f"/api/tasks/{tasks['ship-0']['id']}/")
    pulled = fetch()
    assert (pulled.tasks, len(pulled.reviews), pulled.problems) == (2, 0, [])
    assert (again := send(numbered(3))).new == 1
    assert again.known == 2


def test_both_kinds_of_key_are_taken(send: Send, studio: LabelStudioServer) -> None:
    assert send(numbered(1)).new == 1
    assert send(numbered(1), key=personal_access_token(studio)).known == 1


# --- what goes wrong ----------------------------------------------------------------------------------------------


def test_a_wrong_key_is_told_with_where_to_find_the_right_one(send: Send) -> None:
    with pytest.raises(StudioError, match=r"the API key is not accepted .*Account & Settings"):
        send(numbered(1), key="f" * 40)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("{url}/nowhere", "no Label Studio at this address. Check the path"),
        ("http://127.0.0.1:9", "cannot be reached .*Is Label Studio running there"),
        ("127.0.0.1:8080", "is no address of a server. It begins with http"),
    ],
)
def test_a_wrong_address_is_told(send: Send, studio: LabelStudioServer, address: str, told: str) -> None:
    with pytest.raises(StudioError, match=told):
        send(numbered(1), url=address.format(url=studio.url))


def test_no_such_project_is_told_with_one_that_is_nearly_called_so(send: Send, me: Person, title: str) -> None:
    number = me.call("POST", "/api/projects", json={"title": title.upper(), "label_config": config()})["id"]
    with pytest.raises(StudioError, match=rf"Did you mean '{title.upper()}' \({number}\).*--create makes a new one"):
        send(numbered(1), create=False)


def test_a_project_that_nothing_was_pushed_to_is_told_at_once(fetch: Fetch, me: Person, title: str) -> None:
    project = me.call("POST", "/api/projects", json={"title": title, "label_config": config()})["id"]
    me.call("POST", f"/api/projects/{project}/import", json=[{"text": "Rain."}, {"text": "Sun."}])
    with pytest.raises(StudioError, match=rf"project '{title}' \({project}\) is another's: none of its 2 tasks"):
        fetch()


def test_a_project_with_another_configuration_is_left_alone(send: Send, me: Person, title: str) -> None:
    other = (
        '<View><Text name="text" value="$text"/><Choices name="x" toName="text"><Choice value="a"/></Choices></View>'
    )
    project = me.call("POST", "/api/projects", json={"title": title, "label_config": other})["id"]
    with pytest.raises(StudioError, match=r"has another labelling configuration.*schemas/label_studio.xml"):
        send(numbered(1))
    assert me.tasks(project) == {}


def test_a_label_that_somebody_renamed_is_told_on_both_ways(send: Send, fetch: Fetch, me: Person, title: str) -> None:
    pushed = send([harbour_record()])
    renamed_label = config().replace('value="Source"', 'value="Quelle"')
    me.call("PATCH", f"/api/projects/{pushed.project}", json={"label_config": renamed_label})
    number = me.tasks(pushed.project)["harbour"]["id"]
    [draft] = me.predictions(pushed.project)[number]
    for result in draft["result"]:
        if result.get("value", {}).get("labels") == ["Source"]:
            result["value"]["labels"] = ["Quelle"]
    me.submit(number, draft["result"], draft["id"])
    pulled = fetch()
    link = f"{me.url}/projects/{pushed.project}/data?task={number}"
    assert any("labelled 'Quelle'" in problem for _, problem in pulled.problems)
    assert {where for where, _ in pulled.problems} == {link}
    assert len(pulled.reviews) == 1
    with pytest.raises(StudioError, match="It lacks the label Source"):
        send([harbour_record()])


def test_a_record_that_somebody_spoilt_is_told_and_stops_nobody(send: Send, fetch: Fetch, me: Person) -> None:
    made = numbered(2)
    pushed = send(made)
    number = me.tasks(pushed.project)["ship-0"]["id"]
    data = me.call("GET", f"/api/tasks/{number}/")["data"]
    me.call("PATCH", f"/api/tasks/{number}/", json={"data": {**data, "records": "[{"}})
    me.submit(number, prediction(made[0])["result"])
    [(link, problem)] = fetch().problems
    assert link.endswith(f"task={number}")
    assert "'ship-0': the record that the task keeps is spoilt" in problem
    assert send(made).known == 2
    assert send([newer(record) for record in made]).updated == 2
    assert not fetch().problems


def test_the_command_names_the_task_of_a_problem_and_writes_the_rest(
    send: Send, me: Person, title: str, tmp_path: Path
) -> None:
    pushed = send([harbour_record(), *numbered(1)])
    tasks, drafts = me.tasks(pushed.project), me.predictions(pushed.project)
    broken = {"type": "relation", "from_id": "claim-1", "to_id": "gone", "direction": "right", "labels": ["cue_of"]}
    number = tasks["harbour"]["id"]
    me.submit(number, [*drafts[number][0]["result"], broken])
    done = CliRunner().invoke(
        app,
        ["review", "pull", "--url", me.url, "--api-key", me.token, "--project", title, "-o", str(tmp_path / "reviews")],
    )
    assert done.exit_code == 1
    assert f"task={number}: a relation cue_of leads to a region that is not there" in done.stderr
    assert "1 reviews of 1 of 2 articles; 0 skipped, 0 begun and not submitted, 1 untouched, 1 problems" in done.stderr
    [review] = load(tmp_path / "reviews" / "reviews.jsonl")
    assert unreviewed(review, harbour_record()) == harbour_record()


# --- the connection breaks ----------------------------------------------------------------------------------------


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches, and no pause before they are sent again."""
    module = import_module("annotator.review.push")  # the package has the function by this name
    monkeypatch.setattr(module, "BATCH_TASKS", 5)
    monkeypatch.setattr(module, "PAUSE", 0.0)


def on_import(*fates: Fate, method: str = "POST", path: str = "/import") -> Plan:
    """These fates for the first requests of a kind; everything else is answered."""
    waiting = list(fates)

    def plan(asked: str, where: str) -> Fate:
        return waiting.pop(0) if asked == method and where.endswith(path) and waiting else Fate.ANSWERED

    return plan


CUTS = {
    "before": [Fate.ANSWERED, Fate.REFUSED, Fate.REFUSED],
    "after": [Fate.ANSWERED, Fate.UNHEARD, Fate.REFUSED, Fate.UNHEARD],
    "by-a-gateway": [Fate.ANSWERED, Fate.GATEWAY],
    "in-the-answer": [Fate.ANSWERED, Fate.HALF_HEARD],
    "while-at-work": [Fate.ANSWERED, Fate.LATE, Fate.ANSWERED, Fate.LATE],
}


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fates", CUTS.values(), ids=CUTS)
def test_a_cut_in_the_middle_leaves_no_double_and_no_gap(send: Send, me: Person, fates: list[Fate]) -> None:
    made = numbered(20)
    with proxy(me.url, on_import(*fates)) as cut:
        pushed = send(made, url=cut.url)
        assert [fate for _, path, fate in cut.fates if path.endswith("/import")][: len(fates)] == fates
    assert (pushed.new, pushed.known, pushed.updated) == (20, 0, 0)
    tasks, drafts = me.tasks(pushed.project), me.predictions(pushed.project)
    assert set(tasks) == {record.article.article_id for record in made}
    assert [len(drafts[there["id"]]) for there in tasks.values()] == [1] * 20


@pytest.mark.usefixtures("hasty")
def test_newer_drafts_survive_a_cut_too(send: Send, me: Person) -> None:
    made = numbered(10)
    send(made)
    plan = on_import(Fate.UNHEARD, Fate.REFUSED, path="/import/predictions")
    with proxy(me.url, plan) as cut:
        pushed = send([newer(record) for record in made], url=cut.url)
        assert cut.met(Fate.UNHEARD) == cut.met(Fate.REFUSED) == 1
    assert (pushed.new, pushed.updated, pushed.outdated) == (0, 10, 0)
    tasks, drafts = me.tasks(pushed.project), me.predictions(pushed.project)
    assert [len(drafts[there["id"]]) for there in tasks.values()] == [2] * 10


@pytest.mark.usefixtures("hasty")
def test_a_server_that_stays_away_is_told_and_the_same_command_goes_on(send: Send, me: Person, title: str) -> None:
    made = numbered(20)
    sent = []

    def down_after_two_batches(method: str, path: str) -> Fate:
        sent.append(path)
        return Fate.REFUSED if sum(where.endswith("/import") for where in sent) > 2 else Fate.ANSWERED

    with (
        proxy(me.url, down_after_two_batches) as cut,
        pytest.raises(StudioError, match=r"cannot be reached.*10 articles are there; the same command goes on from"),
    ):
        send(made, url=cut.url)
    pushed = send(made)
    assert (pushed.new, pushed.known) == (10, 10)
    assert len(me.tasks(pushed.project)) == 20


@pytest.mark.usefixtures("hasty")
def test_an_export_that_is_cut_short_is_not_taken_for_all(send: Send, me: Person, title: str) -> None:
    pushed = send(numbered(5))
    plan = on_import(Fate.HALF_HEARD, method="GET", path="/export")
    with proxy(me.url, plan) as cut, pytest.raises(StudioError, match=r"cannot be reached|cut short"):
        pull(url=cut.url, api_key=me.token, project=title)
    assert pull(url=me.url, api_key=me.token, project=title).tasks == 5
    assert pushed.new == 5


# --- many ---------------------------------------------------------------------------------------------------------


def test_a_thousand_articles(send: Send, fetch: Fetch, me: Person) -> None:
    made = numbered(1000)
    done: list[int] = []
    pushed = send(made, advance=done.append)
    assert (pushed.new, sum(done)) == (1000, 1000)
    assert send(made).known == 1000
    pulled = fetch()
    assert (pulled.tasks, pulled.untouched) == (1000, 1000)
