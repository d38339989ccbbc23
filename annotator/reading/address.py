"""A page at an address that the user typed: one polite request, bounded in time and size, and to public addresses only.

Nothing else in the package asks another machine for anything. What the page names (pictures, scripts) is not fetched.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.errors import InputError
from annotator.reading.encodings import decode, known_encoding
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.page import outcomes_of_page, text_of_page
from annotator.reading.plain import text_outcomes
from annotator.text import scrub

MAX_BYTES = 10 << 20  # of a page, unpacked
SECONDS = 30.0  # for all of it
MAX_REDIRECTS = 5
AGENT = "attribution-annotator (one page, as asked for by a person)"
OFFLINE = "an address, which is not fetched (--offline; in Python: online=False). Save the page, and read the file"


def is_address(entry: object) -> bool:
    return re.match(r"https?://", str(entry), re.IGNORECASE) is not None


def outcomes_at(address: str, source: Input) -> Iterator[Outcome]:
    """The articles of a page. Raises `InputError` where it is not to be had, or is neither page nor text."""
    url, kind, data = fetched(address)
    where = replace(source, given={"url": url, **source.given})
    if "html" in kind:
        sent = _sent_encoding(kind)
        html = decode(data, source.where, sent, source.note) if sent else text_of_page(data, source)
        yield from outcomes_of_page(html, where, url)
    elif kind.startswith("text/plain"):
        yield from text_outcomes(decode(data, source.where, None, source.note), where)
    else:
        raise InputError(f"{source.where}: no page but {kind or 'something unnamed'}. Save the file, and read that")


def _sent_encoding(kind: str) -> str | None:
    """The encoding that the server names, where it is a known one."""
    _, _, charset = kind.partition("charset=")
    return known_encoding(charset.split(";")[0].strip(" \"'").lower()) if charset else None


def saved(address: str) -> tuple[str, str, bytes]:
    """Where a page was found, the suffix of its kind, and bytes for `read_file`. Raises `InputError`."""
    url, kind, data = fetched(address)
    suffix = ".html" if "html" in kind else ".txt" if kind.startswith("text/plain") else None
    if suffix is None:
        raise InputError(f"{scrub(address)}: no page but {kind or 'something unnamed'}. Save the file, and read that")
    encoding = _sent_encoding(kind)
    if encoding is None:
        return url, suffix, data
    # A mark at the beginning says more than what the page says of itself, as the server's word does.
    return url, suffix, decode(data, scrub(address), encoding).encode("utf-8-sig")


def fetched(address: str) -> tuple[str, str, bytes]:
    """Where a page was found behind redirects, its kind, and its bytes. Raises `InputError`."""
    import httpx

    until = time.monotonic() + SECONDS
    url = httpx.URL(address)
    # No proxy, cookie or password of the environment goes along.
    with httpx.Client(trust_env=False, timeout=SECONDS / 3, follow_redirects=False) as client:
        for _ in range(MAX_REDIRECTS + 1):
            try:
                with client.stream("GET", **_request(url, address)) as answer:
                    if answer.has_redirect_location:
                        url = url.join(answer.headers["location"])
                        continue
                    if answer.status_code != httpx.codes.OK:
                        raise InputError(f"{scrub(address)}: the server answered with status {answer.status_code}")
                    kind = answer.headers.get("content-type", "").lower()
                    return str(url), kind, _bounded(answer, address, until)
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise InputError(f"{scrub(address)}: cannot be fetched ({error or type(error).__name__})") from error
    raise InputError(f"{scrub(address)}: more than {MAX_REDIRECTS} redirects")


def _request(url: Any, address: str) -> dict[str, Any]:
    """The request to the very machine that was looked at: a second look-up of its name could give another."""
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"{scrub(address)}: leads to {scrub(str(url))!r}, which is no address of a page")
    machine = public_address(url.host, url.port or {"http": 80, "https": 443}[url.scheme])
    host = url.netloc.decode("ascii").rpartition("@")[2]
    return {
        "url": url.copy_with(host=machine, username=None, password=None),
        "headers": {"host": host, "user-agent": AGENT, "accept": "text/html,text/plain;q=0.9,*/*;q=0.1"},
        "extensions": {"sni_hostname": url.host},
    }


def public_address(host: str, port: int) -> str:
    """The machine behind a name. Raises `InputError` where it is no public one: this one, or of a private network."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise InputError(f"{scrub(host)}: no such host ({error})") from error
    for machine in found:
        if not ipaddress.ip_address(machine.partition("%")[0]).is_global:
            raise InputError(f"{scrub(host)}: {machine} is no public address, and is not asked. Save the page instead")
    return min(found, key=lambda machine: ":" in machine)  # IPv4, which everybody has, where there is one


def _bounded(answer: Any, address: str, until: float) -> bytes:
    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MAX_BYTES:
            raise InputError(f"{scrub(address)}: more than {MAX_BYTES >> 20} MB, which no page of news is")
        if time.monotonic() > until:
            raise InputError(f"{scrub(address)}: takes longer than {SECONDS:g} seconds")
        parts.append(part)
    return b"".join(parts)
