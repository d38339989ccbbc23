"""What every HTML page is made with: escaping, cleaning, and a policy that lets only the page's own parts act.

Every string of a record passes the templates' escaping and `clean`; a content security policy lets only a page's own
style sheet and script act, so an article's words stay words.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jinja2 import Environment

# What HTML does not allow in a text: lone surrogates, C1 controls, noncharacters.
_LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NOT_HTML = re.compile(f"[\x80-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_C0 = {n: 0x2400 + n for n in range(0x20) if chr(n) not in "\t\n"} | {0x7F: 0x2421}
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"'`\\]+", re.IGNORECASE)


def clean(value: object) -> object:
    """Replace the characters that HTML forbids by visible signs, and every line end by a newline.

    >>> clean("bell \\x07, nul \\0")
    'bell ␇, nul ␀'
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").translate(_C0)
    return _NOT_HTML.sub("\ufffd", text)


def web_address(url: str | None) -> str | None:
    """The address if it may become a link: http or https with a host, and nothing that could end an attribute."""
    if url is None or not _WEB_ADDRESS.fullmatch(url):
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:  # "http://[" and the like
        return None


@cache
def resource(name: str) -> str:
    """A template, style sheet or script of `templates/`."""
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def _csp_hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def environment() -> "Environment":
    """What every page is made with: all that it shows is escaped, and cleaned of what HTML forbids."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(resource),
        autoescape=True,
        finalize=clean,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["words"] = lambda label: str(label).replace("_", " ")
    made.filters["percent"] = lambda share: "" if share is None else f"{share:.0%}"
    made.filters["count"] = lambda number: "" if number is None else f"{number:,}"
    made.filters["decimal"] = lambda number: "" if number is None else f"{number:.2f}"
    return made


def policy_of(css: str, script: str | None = None) -> str:
    """The content security policy of a page on which only its own style sheet and script may act."""
    scripts = f"script-src '{_csp_hash(script)}'; " if script else ""
    return f"default-src 'none'; style-src '{_csp_hash(css)}'; {scripts}base-uri 'none'; form-action 'none'"
