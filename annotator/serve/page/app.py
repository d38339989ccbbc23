"""The page as an application of its own, behind its door."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from annotator.labels import VOCABULARIES
from annotator.serve.page import articles, listing, starting
from annotator.serve.page.desk import Desk
from annotator.serve.page.door import Door
from annotator.serve.page.jobs import Annotates
from annotator.serve.page.people import name_of, remember, who_of
from annotator.serve.page.showing import part, shown, told

EXPLAINED = (
    "quote_type",
    "kind",
    "polarity",
    "attribution",
    "stance",
    "on_record",
    "source_type",
    "affiliation",
    "flag",
)
GLOSSARY = [(name.replace("_", " "), VOCABULARIES[name]) for name in EXPLAINED]
WHY = {
    404: ("Not here", "There is no such page. What was annotated is in the worklist."),
    405: ("Not in this way", "This address does not take what was sent to it."),
}


def create_page(desk: Desk, annotator: Annotates, token: str) -> Door:
    """The page to work in, for whoever has the token; what is put in is read and annotated by `annotator`."""
    desk.begin(annotator)
    own = [
        *starting.routes(desk),
        *articles.routes(desk),
        *listing.routes(desk),
        Route("/who", _who, methods=["GET", "POST"]),
        Route("/help", _help),
        Route("/static/{name}", _part),
    ]
    faults = {HTTPException: _not_done, Exception: _broken}
    return Door(Starlette(routes=own, exception_handlers=faults), token)


async def _who(request: Request) -> Response:
    if request.method != "POST":
        return shown("who.html.jinja", who=who_of(request), problem="", back=_inside(request.query_params.get("back")))
    form = await request.form(max_files=0, max_fields=5)
    who, back = name_of(form.get("who")), _inside(form.get("back"))
    if not who:
        return shown("who.html.jinja", 400, who="", problem="A name has at least one letter", back=back)
    answer = RedirectResponse(back, 303)
    remember(answer, who)
    return answer


def _inside(address: object) -> str:
    """The address if it leads to a page of ours, else the start."""
    ours = isinstance(address, str) and address.startswith("/") and not address.startswith(("//", "/\\"))
    return str(address) if ours and str(address).isprintable() else "/"


async def _help(request: Request) -> Response:
    return shown("help.html.jinja", here="help", who=who_of(request), glossary=GLOSSARY)


async def _part(request: Request) -> Response:
    found = part(request.path_params["name"])
    return found if found is not None else Response(status_code=404)


async def _not_done(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "it is registered for no other"
    heading, words = WHY.get(error.status_code, ("Not understood", str(error.detail)))
    return told(error.status_code, heading, words, "/")


async def _broken(request: Request, error: Exception) -> Response:
    words = "The fault is ours. What was saved before is safe; the server's terminal says more."
    return told(500, "Something went wrong", words, "/")
