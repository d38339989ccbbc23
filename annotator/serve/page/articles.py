"""The page of one article: the report beside the text, and what a person does with each claim."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from annotator.errors import AnnotatorError
from annotator.formats.html.graph import NODE_WIDTH, Graph
from annotator.formats.html.marks import blocks
from annotator.formats.html.view import ArticleView, ClaimView
from annotator.formats.pages import web_address
from annotator.labels import VOCABULARIES
from annotator.records import Claim, without_rejected
from annotator.serve.page.changing import Change, Clash, ClashError, Decision
from annotator.serve.page.desk import Desk, Kept
from annotator.serve.page.people import who_of
from annotator.serve.page.showing import shown, told
from annotator.serve.page.values import CLAIM_LABELS, ClaimValues, VerdictValues, packed

ORDERS = ("need", "text")
MAX_FIELDS = 40
SEE_OTHER, WRONG, CONFLICT = 303, 400, 409
SAID = {
    "accept": "Accepted.",
    "drop": "Dropped. It is at the end of the list, and Undo brings it back.",
    "restore": "Taken back in.",
    "correct": "Saved.",
    "add": "The claim was added.",
    "verdict": "The verdict was saved.",
    "complete": "Finished: every claim is decided.",
    "undo": "Undone.",
    "same": "Nothing was changed.",
}
Values = ClaimValues | VerdictValues


@dataclass(frozen=True)
class Card:
    """A claim, what is to be said of it, and the form that is open in it."""

    path: str
    view: ClaimView | None = None
    claim: Claim | None = None
    reasons: tuple[str, ...] = ()
    decided: str = ""
    at: bool = False
    form: str = ""
    values: Values | None = None
    opened: str = ""  # the form as it was when it was opened
    problem: str = ""
    clash: bool = False

    @property
    def evidence(self) -> list[tuple[str, str | None]]:
        """The addresses of a verdict, and each as a link where it may become one."""
        verdict = self.claim.verdict if self.claim else None
        return [(address, web_address(address)) for address in verdict.evidence] if verdict else []


@dataclass(frozen=True)
class Look:
    """How the page is to be shown: the order, the claim that is looked at, and the form that is open.

    `values` are what somebody typed and what was not saved, for the reason in `problem` or because of a `clash`.
    """

    order: str = "need"
    at: str = ""
    form: str = ""  # "claim", "verdict" or "new"
    values: Values | None = None
    opened: str = ""
    problem: str = ""
    clash: Clash | None = None
    said: str = ""

    @classmethod
    def asked(cls, request: Request) -> "Look":
        """What the address asks for."""
        asked = request.query_params
        form = next((form for name, form in FORMS.items() if asked.get(name)), "")
        at = asked.get("edit") or asked.get("verdict") or asked.get("at") or ""
        return cls(_order(asked.get("order")), at, form, said=SAID.get(asked.get("said", ""), ""))


FORMS = {"edit": "claim", "verdict": "verdict", "add": "new"}


def routes(desk: Desk) -> list[Route]:
    """The page of an article, and the changes that it sends."""

    async def article(request: Request) -> Response:
        look = Look.asked(request)
        return await _page(desk, request, look)

    changes: dict[str, Callable[..., Awaitable[Response]]] = {
        "accept": partial(_decide, desk, "accept"),
        "drop": partial(_decide, desk, "drop"),
        "restore": partial(_decide, desk, "restore"),
        "verdict": partial(_verdict, desk),
    }
    claim = "/articles/{key}/claims/{claim_id}"
    return [
        Route("/articles/{key}", article),
        Route("/articles/{key}/undo", partial(_whole, desk, "undo"), methods=["POST"]),
        Route("/articles/{key}/complete", partial(_whole, desk, "complete"), methods=["POST"]),
        Route("/articles/{key}/claims", partial(_add, desk), methods=["POST"]),
        Route(claim, partial(_correct, desk), methods=["POST"]),
        *(Route(f"{claim}/{name}", change, methods=["POST"]) for name, change in changes.items()),
    ]


# --- showing ---


async def _page(desk: Desk, request: Request, look: Look, status: int = 200) -> Response:
    key = request.path_params["key"]
    kept = await desk.ask(desk.kept, key)
    if kept is None:
        return told(404, "Not here", "There is no such article in this worklist.", "/worklist")
    return await desk.ask(_shown, key, kept, look, request, status)


def _shown(key: str, kept: Kept, look: Look, request: Request, status: int) -> Response:
    view = ArticleView(1, without_rejected(kept.record))
    cards = [_card(key, kept, look, claim) for claim in view.claims]
    if look.order == "need":
        cards.sort(key=lambda card: kept.rank.get(card.claim.claim_id if card.claim else "", len(cards)))
    there = {claim.claim.claim_id for claim in view.claims}
    undecided = [card for card in cards if not card.decided]
    return shown(
        "article.html.jinja",
        status,
        key=key,
        view=view,
        cards=cards,
        order=look.order,
        seen=kept.seen,
        last=kept.last,
        state=kept.record.review.status if kept.record.review else None,
        said=look.said,
        who=who_of(request),
        decided=len(cards) - len(undecided),
        open=sum(card.claim.needs_review for card in undecided if card.claim),
        adding=_new_card(key, kept, look, request) if look.form == "new" else None,
        clash=look.clash,
        clash_on_top=look.clash is not None and look.at not in there,
        dropped=[claim for claim in kept.record.claims if claim.claim_id not in there],
        here_with=partial(_address, key, look.order),
        blocks_of=blocks,
        graph_of=Graph,
        node_width=NODE_WIDTH,
        vocabularies=VOCABULARIES,
        claim_labels=CLAIM_LABELS,
        source_names=[source.source.name for source in view.sources.values()],
    )


def _card(key: str, kept: Kept, look: Look, view: ClaimView) -> Card:
    claim = view.claim
    at = look.at == claim.claim_id
    form = look.form if at else ""
    now: Values | None = None
    if form == "claim":
        now = ClaimValues.of_claim(kept.record, claim)
    elif form == "verdict":
        now = VerdictValues.of_claim(claim)
    return Card(
        path=f"/articles/{quote(key, safe='')}/claims/{quote(claim.claim_id, safe='')}",
        view=view,
        claim=claim,
        reasons=tuple(kept.reasons.get(claim.claim_id, ())),
        decided=kept.decided.get(claim.claim_id, ""),
        at=at,
        form=form,
        values=look.values or now if now else None,
        opened=look.opened or packed(now) if now else "",
        problem=look.problem if at else "",
        clash=at and look.clash is not None,
    )


def _new_card(key: str, kept: Kept, look: Look, request: Request) -> Card:
    selected = request.query_params.get("spans", "")
    values = look.values or ClaimValues.of_selection(kept.record.article.text, selected)
    return Card(path=f"/articles/{quote(key, safe='')}/claims", form="claim", values=values, problem=look.problem)


def _address(key: str, in_order: str, **asked: str) -> str:
    said = {"order": in_order, **asked}
    return f"/articles/{quote(key, safe='')}?{urlencode({name: value for name, value in said.items() if value})}"


def _order(value: object) -> str:
    return value if isinstance(value, str) and value in ORDERS else ORDERS[0]


# --- changing ---


async def _decide(desk: Desk, what: str, request: Request) -> Response:
    return await _changed(desk, request, Look(at=request.path_params["claim_id"]), what, lambda _: Decision(what))


async def _verdict(desk: Desk, request: Request) -> Response:
    look = Look(at=request.path_params["claim_id"], form="verdict")
    return await _changed(desk, request, look, "verdict", VerdictValues.of_form)


async def _correct(desk: Desk, request: Request) -> Response:
    look = Look(at=request.path_params["claim_id"], form="claim")
    return await _changed(desk, request, look, "correct", ClaimValues.of_form)


async def _add(desk: Desk, request: Request) -> Response:
    return await _changed(desk, request, Look(form="new"), "add", ClaimValues.of_form)


async def _whole(desk: Desk, what: str, request: Request) -> Response:
    return await _changed(desk, request, Look(), what, lambda _: Decision(what))


async def _changed(desk: Desk, request: Request, look: Look, what: str, read: Callable[[FormData], Change]) -> Response:
    """Make the change that a form asks for, and lead to the article, or to the form with what is wrong."""
    key = request.path_params["key"]
    form = await request.form(max_files=0, max_fields=MAX_FIELDS)
    look = replace(look, order=_order(form.get("order")))
    who = who_of(request)
    if not who:
        back = _address(key, look.order, at=look.at)
        return RedirectResponse(f"/who?{urlencode({'back': back})}", SEE_OTHER)
    change = read(form)
    opened = str(form.get("opened", ""))
    look = replace(look, values=None if isinstance(change, Decision) else change, opened=opened)
    try:
        if form.get("take") and isinstance(change, ClaimValues):
            taken = await desk.ask(desk.taken, key, change)
            return await _page(desk, request, replace(look, values=taken))
        at = await desk.ask(desk.change, key, look.at, change, who, str(form.get("seen", "")), opened)
    except ClashError as error:
        mine = None if isinstance(error.change, Decision) else error.change
        return await _page(desk, request, replace(look, values=mine, opened="", clash=error.clash), CONFLICT)
    except AnnotatorError as error:
        if look.form:
            return await _page(desk, request, replace(look, problem=str(error)), WRONG)
        return told(WRONG, "This could not be done", str(error), _address(key, look.order, at=look.at))
    if what in ("accept", "drop"):
        at = await desk.ask(desk.following, key, at, look.order == "need")
    return RedirectResponse(_address(key, look.order, at=at, said=what), SEE_OTHER)
