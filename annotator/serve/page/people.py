"""Who works at the page: a name, asked once and kept in the browser. It signs decisions; it opens nothing."""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from annotator.text import scrub

COOKIE = "annotator_who"
YEAR = 365 * 24 * 3600
LONGEST = 80


def name_of(value: object) -> str:
    """A name as it was typed, in one line and no longer than a line.

    >>> name_of("  Ana\\n Ruiz ")
    'Ana Ruiz'
    """
    words = " ".join(scrub(value).split()) if isinstance(value, str) else ""
    # A plus stands between the names of several reviewers.
    return "".join(sign for sign in words if sign.isprintable()).replace("+", "&")[:LONGEST].strip()


def who_of(request: Request) -> str:
    """The name that the browser keeps; empty where it was not asked yet."""
    return name_of(unquote(request.cookies.get(COOKIE, ""), errors="replace"))


def remember(answer: Response, who: str) -> None:
    """Have the browser keep the name for a year."""
    answer.set_cookie(COOKIE, quote(who, safe=""), max_age=YEAR, httponly=True, samesite="strict")
