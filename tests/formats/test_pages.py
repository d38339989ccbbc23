"""What every page keeps to: an article's words stay words, and nothing acts but the page's own parts."""

import base64
import hashlib
import re

import pytest

from annotator.formats.pages import clean, web_address
from tests.factory import (
    plain_record,
)
from tests.formats.html.page import harbour, page


def test_control_characters_show_as_signs() -> None:
    assert clean("\x00\x07\x7f\x85\ud800\ufffe\U0001ffff") == "␀␇␡" + "\ufffd" * 4
    assert clean("a\r\nb\rc\td\n") == "a\nb\nc\td\n"


@pytest.mark.parametrize("url", ["https://daily.example/harbour", "HTTP://daily.example/?a=1&b=2#c"])
def test_web_addresses_become_links(url: str) -> None:
    assert page(plain_record("Rain.", url=url)).tree.xpath("//a[@rel]/@href") == [url]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//daily.example",
        "file:///x",
        "http://[",
        "https://",
        " https://a.b",
        'https://a.b/"onclick="x',
        "https://a.b/\x00",
    ],
)
def test_other_addresses_stay_text(url: str) -> None:
    made = page(plain_record("Rain.", url=url))
    assert web_address(url) is None
    assert made.texts("//bdi[@class='url']") == [" ".join(str(clean(url)).split())]
    assert not made.all("//a[@rel]")


def test_only_the_own_style_and_script_are_let_in() -> None:
    policy = harbour().tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for rule, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", harbour().source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
