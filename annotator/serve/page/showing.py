"""How the page is made: templates that escape whatever they show, and the style sheet and script beside them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FunctionLoader
from starlette.responses import HTMLResponse, Response

from annotator.formats.pages import environment, resource
from annotator.serve.page.addresses import key_of

if TYPE_CHECKING:
    from jinja2 import Environment

# What may be asked for by name: nothing else is ever looked for.
PARTS: Mapping[str, str] = {
    "report.css": "text/css",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}

_NOTHING: Mapping[str, str] = {"here": "", "who": "", "said": ""}


@cache
def _own(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def _template(name: str) -> str | None:
    try:
        return _own(name)
    except FileNotFoundError:
        return None


@cache
def templates() -> "Environment":
    """Those of the page, and those of the report."""
    made = environment().overlay(loader=ChoiceLoader([FunctionLoader(_template), FunctionLoader(resource)]))
    made.globals = {**made.globals, "key_of": key_of}
    return made


def part(name: str) -> Response | None:
    """The style sheet, the script or the icon of that name."""
    kind = PARTS.get(name)
    if kind is None:
        return None
    return Response(_template(name) or resource(name), media_type=f"{kind}; charset=utf-8")


def shown(template: str, status: int = 200, **about: Any) -> Response:
    """A page of a template; `here` is its place in the bar, `who` the person, `said` what has just been done."""
    return HTMLResponse(templates().get_template(template).render({**_NOTHING, **about}), status)


def told(status: int, heading: str, words: str, back: str = "") -> Response:
    """A page that says why something was not done, and what to do; `back` leads to where it can be done."""
    return shown("told.html.jinja", status, heading=heading, words=words, back=back)
