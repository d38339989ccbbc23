"""The report: every claim in text and card, nothing from outside, and an article's words stay words."""

import base64
import hashlib
import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from annotator.formats.html import clean, render, web_address
from annotator.labels import Affiliation, AttributionMode, LinkBasis, LinkRole, SectionKind, SourceType
from annotator.records import AnnotatedArticle, Article, Claim, Link, Section, Source
from tests.factory import (
    HARBOUR,
    PUBLISHED_HERE,
    TOOL,
    at,
    harbour_record,
    own_voice,
    own_voice_source,
    plain_record,
    records,
    span,
)

HOSTILE = (
    "<script>document.title = 'run'</script></script><!-- <style>*{display:none}</style>\n"
    "\x00nul \x07bell \x1b[31m \x85 \ufffe & &amp; &lt; \"double\" 'single' `back` {{ 7 * 7 }} {% raw %}\r\n"
    "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a> ]]>\r"
    "שלום \u202eخبر\u202c 👩‍👩‍👧 \ud83d lone"
)


class Page(NamedTuple):
    """A report as text and as a tree."""

    source: str
    tree: lxml_html.HtmlElement

    def all(self, path: str) -> list[lxml_html.HtmlElement]:
        return [element for element in self.tree.xpath(path) if isinstance(element, etree._Element)]

    def texts(self, path: str) -> list[str]:
        return [" ".join("".join(element.itertext()).split()) for element in self.all(path)]

    def article_text(self, number: int = 1) -> str:
        """The words of the article as a reader gets them: all text of its block but the badges."""
        parts = self.tree.xpath(f"//div[@id='a{number}-text']//text()[not(ancestor::a[contains(@class, 'badge')])]")
        return "".join(map(str, parts))


def page(*made: AnnotatedArticle) -> Page:
    source = render(made)
    return Page(source, lxml_html.document_fromstring(source.encode(), parser=lxml_html.HTMLParser(encoding="utf-8")))


@cache
def harbour() -> Page:
    return page(harbour_record())


def has(name: str) -> str:
    """The XPath condition that an element has the class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def with_claims(text: str, *claims: Claim, sources: tuple[Source, ...] = ()) -> AnnotatedArticle:
    return AnnotatedArticle(
        article=Article(article_id="made", text=text), claims=claims, sources=(own_voice_source(), *sources), tool=TOOL
    )


def chained(text: str, *ways: tuple[str, ...]) -> AnnotatedArticle:
    """One claim over the whole text for each way, a way being the names from the origin to the last reporter."""
    names = dict.fromkeys(name for way in ways for name in way)
    sources = tuple(
        Source(
            source_id=name, name=name, type=SourceType.PERSON, affiliation=Affiliation.UNKNOWN, anonymous="(" in name
        )
        for name in names
    )
    claims = []
    for n, way in enumerate(ways):
        roles = [LinkRole.ORIGIN] + [LinkRole.REPORTER] * len(way)
        links = [Link(source_id=i, role=role, basis=LinkBasis.EXPLICIT) for i, role in zip(way, roles, strict=False)]
        claims.append(own_voice(f"c{n}", at(text, 0, len(text)), source_id=way[0], chain=(*links, PUBLISHED_HERE)))
    return with_claims(text, *claims, sources=sources)


def test_every_claim_is_numbered_in_the_text_and_on_a_card_and_both_lead_to_one_another() -> None:
    made = harbour()
    badges = made.all(f"//div[@id='a1-text']//a[{has('badge')}][@id]")
    cards = made.all(f"//li[{has('card')}]")
    assert len(badges) == len(cards) == len(harbour_record().claims)
    for number, (badge, card) in enumerate(zip(badges, cards, strict=True), 1):
        back = card.xpath(f".//h4/a[{has('badge')}]")[0]
        assert badge.text == str(number)
        assert "".join(back.itertext()).startswith(f"Claim {number}")
        assert badge.get("href") == f"#{card.get('id')}"
        assert back.get("href") == f"#{badge.get('id')}"


def test_the_pieces_of_a_discontinuous_claim_carry_its_number_each() -> None:
    pieces = harbour().texts(f"//div[@id='a1-text']//a[{has('badge')}][@href='#a1-c3']")
    assert len(pieces) == 2
    assert len(set(pieces)) == 1


def test_claims_are_numbered_in_the_order_of_the_text() -> None:
    text = "First. Second."
    record = with_claims(text, own_voice("late", span(text, "Second")), own_voice("early", span(text, "First")))
    assert [words.split(" · ")[0] for words in page(record).texts(f"//p[{has('foot')}]")] == [
        "Claim id early",
        "Claim id late",
    ]


def test_a_card_names_the_source_its_anonymity_and_its_chain() -> None:
    card = harbour().texts("//li[@id='a1-c2']")[0]
    assert "Harbour official anonymous" in card
    assert "Described as a harbour official" in card
    assert "on condition of anonymity" in card
    steps = harbour().texts(f"//li[@id='a1-c2']//span[{has('step')}]/a")
    assert steps == ["Harbour official (anonymous)", "Coastal Wire", "Daily Example"]
    assert "single anonymous" in card
    assert "secondhand" in card


def test_an_inherited_link_is_set_apart() -> None:
    record = chained("Rain fell.", ("Aide (anonymous)", "Wire"))
    chain = record.claims[0].chain
    inherited = (chain[0], chain[1].model_copy(update={"basis": LinkBasis.INHERITED}), chain[2])
    claim = record.claims[0].model_copy(update={"chain": inherited})
    made = page(record.model_copy(update={"claims": (claim,)}))
    assert made.texts(f"//li[{has('inherited')}]/span[{has('step')}]/a") == ["Wire"]
    assert len(made.all(f"//*[{has('edge')} and {has('inherited')}]")) == 1


def test_an_ambiguous_source_lists_its_candidates_and_asks_for_review() -> None:
    card = harbour().texts("//li[@id='a1-c7']")[0]
    assert "Source ambiguous. It may be Tom Lee (50%) or guard (50%)." in card
    assert "needs review" in card


def test_a_nested_attribution_stands_on_the_card() -> None:
    (words,) = harbour().texts(f"//li[@id='a1-c6']/p[{has('said')}]")
    assert words == "Inside the claim: police believed: the guard slept"


def test_labels_explain_themselves() -> None:
    titles = {tag.get("title") for tag in harbour().all(f"//ul[{has('tags')} or {has('flags')}]/li")}
    assert {AttributionMode.ANAPHORIC.meaning, "one anonymous person is the only origin"} <= titles


def test_the_numbers_at_the_top_are_those_of_the_run() -> None:
    numbers = dict(
        zip(harbour().texts("//dl[@class='numbers']//dt"), harbour().texts("//dl[@class='numbers']//dd"), strict=True)
    )
    assert numbers == {
        "article": "1",
        "claims": "7",
        "sources": "6",
        "claims from anonymous sources": "14% 1 of 7",
        "claims without attribution": "29% 2 of 7",
        "claims to be reviewed": "1 of 7",
    }


def test_filters_have_their_claims_and_are_hidden_without_scripts() -> None:
    made = harbour()
    assert made.all("//div[@id='filters'][@hidden]")
    matching = {
        name: [card.get("id") for card in made.all(f"//li[contains(@data-filter, '{name}')]")]
        for name in ("anonymous", "unattributed", "review")
    }
    assert matching == {"anonymous": ["a1-c2"], "unattributed": ["a1-c1", "a1-c4"], "review": ["a1-c7"]}


def test_the_source_table_adds_up() -> None:
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in harbour().all("//table//tbody/tr")]
    by_name = {re.sub(r"^\S+ ", "", row[0]): row[1:] for row in rows}
    assert by_name["Ana Ruiz Mayor, 1 person"] == [
        "person", "government", "no", "2", "1", "0", "1", "0", "0", "29%",
    ]  # fmt: skip
    assert by_name["Coastal Wire"][3:] == ["0", "0", "0", "0", "0", "1", "0%"]
    total = harbour().texts("//table//tfoot//td")
    assert total == ["1 of 7 claims, 14%", "7", "1", "0", "4", "2", "", "100%"]
    assert sum(int(row[4]) for row in rows) == 7


def test_an_anonymous_source_is_drawn_with_a_broken_frame() -> None:
    made = page(chained("Rain fell.", ("Aide (anonymous)", "Wire"), ("Mayor",)))
    frames = made.all(f"//svg//rect[{has('dashed')}]")
    assert [frame.getparent().xpath("string(title)") for frame in frames] == ["Aide (anonymous): origin of 1"]


@pytest.mark.parametrize("count", [1, 2, 40])
def test_boxes_of_the_drawing_never_overlap_and_lie_inside_it(count: int) -> None:
    ways = [
        (f"Origin {n}" + " long" * n, *(("Wire",) if n % 3 else ()), *(("Agency",) if n % 2 else ()))
        for n in range(count)
    ]
    made = page(chained("Rain fell.", *ways))
    width, height = (float(made.all("//svg")[0].get(side)) for side in ("width", "height"))
    boxes = [tuple(float(rect.get(k)) for k in ("x", "y", "width", "height")) for rect in made.all("//svg//rect")]
    assert len(boxes) >= count + 1
    for n, (x, y, w, h) in enumerate(boxes):
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
        for x2, y2, w2, h2 in boxes[:n]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_origins_stand_left_reporters_between_and_the_publisher_right() -> None:
    made = page(chained("Rain fell.", ("Aide", "Memo", "Wire"), ("Mayor",), ("Wire",)))
    boxes = {a.xpath("string(title)").split(":")[0]: float(a.xpath(".//rect/@x")[0]) for a in made.all("//svg/a")}
    assert boxes["Aide"] == boxes["Mayor"] < boxes["Memo"] < boxes["Wire"] < boxes["Daily Example"]


def test_a_circle_of_reporters_is_drawn_too() -> None:
    made = page(chained("Rain fell.", ("Aide", "Wire", "Agency"), ("Aide", "Agency", "Wire"), ("Wire", "Wire")))
    assert len(made.all("//svg//rect")) == 4


def test_hostile_text_stays_text() -> None:
    base = plain_record(HOSTILE, title=HOSTILE, publisher=HOSTILE, byline=HOSTILE, published=HOSTILE, url=HOSTILE)
    source = own_voice_source().model_copy(update={"name": HOSTILE, "role": HOSTILE})
    made = page(base.model_copy(update={"sources": (source,), "tool": TOOL.model_copy(update={"model": HOSTILE})}))
    assert made.article_text() == clean(HOSTILE)
    assert len(made.all("//script")) == len(made.all("//style")) == 1
    assert not made.all("//img | //iframe | //object | //link | //base | //form")
    assert not made.tree.xpath("//@*[starts-with(name(), 'on')]")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe]", made.source)
    assert "{{ 7 * 7 }}" in made.article_text()


def test_control_characters_show_as_signs() -> None:
    assert clean("\x00\x07\x7f\x85\ud800\ufffe\U0001ffff") == "␀␇␡" + "\ufffd" * 4
    assert clean("a\r\nb\rc\td\n") == "a\nb\nc\td\n"


def test_crossing_and_nested_spans_are_split_into_flat_pieces() -> None:
    text = "one two three four five\nsix seven"
    record = with_claims(
        text,
        own_voice("a", span(text, "one two three")),
        own_voice("b", span(text, "two three four five\nsix")),
        own_voice("c", span(text, "three")),
    )
    made = page(record)
    assert made.article_text() == text
    assert not made.all("//div[@id='a1-text']//span//span[not(@class='key')]")
    marked = {piece.text: piece.get("data-claims") for piece in made.all("//span[@data-claims]")}
    assert marked == {
        "one ": "a1-c1",
        "two ": "a1-c1 a1-c2",
        "three": "a1-c1 a1-c2 a1-c3",
        " four five": "a1-c2",
        "six": "a1-c2",
    }


def test_headings_and_boilerplate_look_their_part() -> None:
    text = "Rain\n\nWhat it means\nIt rained.\nFollow us"
    kinds = {
        "Rain": SectionKind.HEADLINE,
        "What it means": SectionKind.SUBHEADING,
        "It rained.": SectionKind.BODY,
        "Follow us": SectionKind.BOILERPLATE,
    }
    sections = tuple(
        Section(kind=kind, start=text.index(words), end=text.index(words) + len(words)) for words, kind in kinds.items()
    )
    made = page(plain_record(text).model_copy(update={"sections": sections, "claims": ()}))
    lines = made.all("//div[@id='a1-text']/*")
    assert {line.text_content(): line.get("class").split()[1] for line in lines} == kinds
    assert [line.tag for line in lines] == ["p", "h4", "p", "p"]


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


def assert_self_contained(made: Page, addresses: set[str]) -> None:
    assert not made.tree.xpath(
        "//@src | //@srcset | //@action | //@formaction | //@data | //@style | //@*[name()='xlink:href']"
    )
    ids = made.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {f"#{i}" for i in ids}
    assert {str(href) for href in made.tree.xpath("//@href")} <= inside | addresses
    css = made.tree.xpath("string(//style)")
    assert "@import" not in css
    assert "url(" not in css


def test_nothing_comes_from_outside() -> None:
    assert_self_contained(harbour(), {"https://daily.example/harbour"})


def test_only_the_own_style_and_script_are_let_in() -> None:
    policy = harbour().tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for rule, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", harbour().source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert render([harbour_record()]).encode() == harbour().source.encode()


def test_one_article_stands_open_and_many_have_an_index() -> None:
    many = page(harbour_record(), plain_record("Rain fell.", title="Rain"), harbour_record())
    assert not harbour().all("//details")
    assert [details.get("id") for details in many.all("//details")] == ["a1", "a2", "a3"]
    assert many.tree.xpath("//nav//tbody//a/@href") == ["#a1", "#a2", "#a3"]
    assert many.article_text(1) == many.article_text(3) == HARBOUR
    assert_self_contained(many, {"https://daily.example/harbour"})


@pytest.mark.parametrize(
    "given_records", [[], [AnnotatedArticle(article=Article(article_id="empty", text=""), tool=TOOL)]]
)
def test_a_run_without_claims_says_so(given_records: list[AnnotatedArticle]) -> None:
    words = page(*given_records).tree.text_content()
    assert ("No claims were found" if given_records else "There are no articles") in words


def test_more_sources_than_colours_differ_by_letter() -> None:
    made = page(chained("Rain fell.", *((f"Origin {n}",) for n in range(30))))
    keys = made.texts(f"//ul[{has('key-list')}]//span[{has('swatch')}]")
    assert keys[0] == "A"
    assert keys[-1] == "AD"
    assert len(set(keys)) == 30


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(heading.tag[1]) for heading in harbour().all("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(records(), min_size=1, max_size=2))
def test_any_record_can_be_rendered_and_its_text_survives(made: list[AnnotatedArticle]) -> None:
    report = page(*made)
    for number, record in enumerate(made, 1):
        assert report.article_text(number) == clean(record.article.text)
        badges = report.tree.xpath(f"//div[@id='a{number}-text']//a[@id]/@href")
        cards = report.tree.xpath(f"//*[@id='a{number}']//li[{has('card')}]/@id")
        assert sorted(badges) == sorted(f"#{card}" for card in cards)
        assert len(cards) == len(record.claims)
    assert_self_contained(report, {link for record in made if (link := web_address(record.article.url))})
