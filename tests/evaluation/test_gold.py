"""Gold is read as it stands, whatever its form, and what is no gold says so."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import InputError
from annotator.evaluation.gold import AttributionArticle, ClaimArticle, SourceArticle, read_gold

TEXT = "The bridge is closed, said a guard.\nReportedly it will open on Monday, the Herald wrote."


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def pair(words: str) -> list[int]:
    return [at(words)["start"], at(words)["end"]]


def claim_gold() -> dict[str, Any]:
    claim = {
        "claim_id": "c01",
        **at("The bridge is closed"),
        "content_spans": [at("The bridge is closed")],
        "content_text": "The bridge is closed",
        "quote_type": "indirect",
        "kind": "statement",
        "attribution": "explicit",
        "stance": "neutral",
        "on_record": "unnamed_no_terms",
        "source": "guard (anonymous)",
        "source_type": "person",
        "affiliation": "unknown",
        "anonymous": True,
        "chain": ["guard (anonymous)", "Daily Example"],
        "cue": at("said"),
        "source_mention": at("a guard"),
        "alternatives": {"chain": [["Daily Example"]], "kind": ["decision"]},
    }
    return {
        "format": "claim-attribution-gold/1",
        "doc_id": "bridge",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "outlet": "Daily Example",
        "claims": [claim],
        "non_claims": [at("Reportedly")],
    }


def source_gold() -> dict[str, Any]:
    resolved = {
        "source_id": "guard",
        "source_name": "guard (anonymous)",
        "source_type": "person",
        "anonymous": True,
        "attribution": "explicit",
        "quote_type": "indirect",
        "chain": ["guard", "publisher"],
        "alternatives": {
            "source_id": ["herald", "publisher"],
            "source_name": ["bridge guard (anonymous)", "Herald"],
            "chain": [["guard", "herald", "publisher"]],
        },
    }
    nameless = {
        "source_id": "unspecified_1",
        "source_name": "unspecified",
        "source_type": "unspecified",
        "anonymous": True,
        "attribution": "explicit",
        "quote_type": "indirect",
        "chain": ["unspecified_1", "publisher"],
    }
    return {
        "doc_id": "bridge",
        "publisher": "nyt",
        "sources": [
            {"source_id": "guard", "source_name": "guard (anonymous)"},
            {"source_id": "herald", "source_name": "Herald"},
            {"source_id": "unspecified_1", "source_name": "unspecified"},
        ],
        "attributions": [
            {
                "index": 0,
                "source": [at("a guard")],
                "cue": [at("said")],
                "content": [at("The bridge is closed")],
                "resolved": resolved,
            },
            {
                "index": 1,
                "source": [],
                "cue": [at("Reportedly")],
                "content": [at("it will open on Monday")],
                "resolved": nameless,
            },
        ],
    }


def attribution_row(**more: Any) -> dict[str, Any]:
    said = {
        "id": "E1",
        "source": [pair("a guard")],
        "cue": [pair("said")],
        "content": [pair("closed"), pair("The bridge")],
        **more,
    }
    return {"id": "bridge", "publisher": "nyt", "text": TEXT, "attributions": [said]}


def write(folder: Path, name: str, gold: Any, text: str | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(gold), encoding="utf-8")
    if text is not None:
        path.with_suffix(".txt").write_bytes(text.encode())
    return path


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_claim_gold_comes_with_the_text_beside_it(tmp_path: Path) -> None:
    [gold] = read_gold([write(tmp_path, "bridge.json", claim_gold(), TEXT)])
    [article] = gold.articles
    assert gold.form == "claims"
    assert isinstance(article, ClaimArticle)
    assert (article.text, article.publisher) == (TEXT, "Daily Example")
    [claim] = article.claims
    assert [TEXT[a:b] for a, b in claim.spans] == ["The bridge is closed"]
    assert claim.accepted("kind") == ["statement", "decision"]
    assert claim.accepted("stance") == ["neutral"]
    assert claim.cue is not None
    assert TEXT[slice(*claim.cue)] == "said"
    assert [TEXT[a:b] for a, b in article.non_claims] == ["Reportedly"]


def test_resolved_sources_find_their_text_in_a_corpora_folder_above(tmp_path: Path) -> None:
    write_rows(
        tmp_path / "corpora" / "polnear_dev.jsonl.gz", {"id": "other", "text": "x"}, {"id": "bridge", "text": TEXT}
    )
    [gold] = read_gold([write(tmp_path, "gold/resolved/bridge.json", source_gold())])
    [article] = gold.articles
    assert gold.form == "sources"
    assert isinstance(article, SourceArticle)
    assert (article.text, article.publisher) == (TEXT, "The New York Times")


def test_resolved_sources_take_the_texts_that_are_given(tmp_path: Path) -> None:
    texts = write_rows(tmp_path / "elsewhere.jsonl", {"id": "bridge", "text": TEXT})
    [gold] = read_gold([write(tmp_path, "bridge.json", source_gold())], texts=texts)
    assert gold.articles[0].text == TEXT


def test_a_chain_holds_for_each_link_the_names_that_are_right_for_it(tmp_path: Path) -> None:
    texts = write_rows(tmp_path / "texts.jsonl", {"id": "bridge", "text": TEXT})
    [gold] = read_gold([write(tmp_path, "bridge.json", source_gold())], texts=texts)
    article = gold.articles[0]
    assert isinstance(article, SourceArticle)
    guard, nameless = article.attributions
    # "Herald" is another source's name, so it is right as the source but not as the guard's link.
    own = frozenset({"guard (anonymous)", "bridge guard (anonymous)"})
    assert guard.chains == (
        (own, frozenset({"publisher"})),
        (own, frozenset({"Herald"}), frozenset({"publisher"})),
    )
    assert guard.source_names == ("guard (anonymous)", "bridge guard (anonymous)", "Herald")
    assert guard.own_voice
    assert not nameless.own_voice
    assert nameless.source_names == ("unspecified source (anonymous)",)


@pytest.mark.parametrize("name", ["dev.jsonl", "dev.jsonl.gz"])
def test_polnear_lines_are_read_plain_and_gzipped(tmp_path: Path, name: str) -> None:
    [gold] = read_gold([write_rows(tmp_path / name, attribution_row(), {**attribution_row(), "id": "second"})])
    assert gold.form == "attributions"
    assert [article.article_id for article in gold.articles] == ["bridge", "second"]
    article = gold.articles[0]
    assert isinstance(article, AttributionArticle)
    assert article.publisher == "The New York Times"
    # Pieces come in the order of the text, whatever their order in the file.
    assert [TEXT[a:b] for a, b in article.attributions[0].parts.content] == ["The bridge", "closed"]


def test_a_photo_credit_of_gum_is_no_attribution(tmp_path: Path) -> None:
    row = attribution_row(caption_credit=True, parent=None)
    row["attributions"].append({**row["attributions"][0], "id": "A1", "caption_credit": False})
    [gold] = read_gold([write_rows(tmp_path / "gum.jsonl", row)])
    article = gold.articles[0]
    assert isinstance(article, AttributionArticle)
    assert [item.attribution_id for item in article.attributions] == ["A1"]


def test_a_folder_is_a_set_for_each_form_that_it_holds(tmp_path: Path) -> None:
    write(tmp_path, "a/one.json", claim_gold(), TEXT)
    write(tmp_path, "a/b/two.json", claim_gold(), TEXT)
    write_rows(tmp_path / "a" / "dev.jsonl", attribution_row())
    assert [(gold.name, gold.form, len(gold.articles)) for gold in read_gold([tmp_path / "a"])] == [
        (str(tmp_path / "a"), "claims", 2),
        (str(tmp_path / "a"), "attributions", 1),
    ]


def test_a_pattern_is_one_set(tmp_path: Path) -> None:
    write(tmp_path, "one.json", claim_gold(), TEXT)
    write(tmp_path, "two.json", claim_gold(), TEXT)
    pattern = str(tmp_path / "*.json")
    assert [(gold.name, len(gold.articles)) for gold in read_gold([pattern])] == [(pattern, 2)]


def without(gold: dict[str, Any], field: str) -> dict[str, Any]:
    del gold["claims"][0][field]
    return gold


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ({"title": "No gold"}, "unknown form of gold with the fields title"),
        ([1, 2], "begins with no JSON object"),
        (without(claim_gold(), "quote_type"), "lacks the field 'quote_type'"),
        ({**claim_gold(), "claims": [{**claim_gold()["claims"][0], "cue": {"start": 5, "end": 999}}]}, "5..999"),
        (claim_gold() | {"sha256": "0" * 64}, "sha256 differs"),
    ],
)
def test_what_is_no_gold_is_refused_with_its_file(tmp_path: Path, gold: Any, message: str) -> None:
    path = write(tmp_path, "bad.json", gold, TEXT)
    with pytest.raises(InputError, match=r"bad\.") as caught:
        read_gold([path])
    assert message in str(caught.value)


def test_a_missing_text_names_the_file_that_is_expected(tmp_path: Path) -> None:
    path = write(tmp_path, "alone.json", claim_gold())
    with pytest.raises(InputError, match=r"its text is missing: expected .*alone\.txt"):
        read_gold([path])


def test_resolved_sources_without_their_texts_say_which_file_they_need(tmp_path: Path) -> None:
    path = write(tmp_path, "bridge.json", source_gold())
    texts = write_rows(tmp_path / "texts.jsonl", {"id": "other", "text": TEXT})
    with pytest.raises(InputError, match="has no article 'bridge'"):
        read_gold([path], texts=texts)


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "dev.jsonl", attribution_row())
    path.write_bytes(path.read_bytes() + b"{oops\n")
    with pytest.raises(InputError, match=r"dev\.jsonl, line 2: not JSON"):
        read_gold([path])


def test_an_attribution_without_cue_and_content_is_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "dev.jsonl", attribution_row(cue=[], content=[]))
    with pytest.raises(InputError, match="neither cue nor content"):
        read_gold([path])


@pytest.mark.parametrize("data", [b"\x1f\x8bbroken", b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_an_input_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bytes.json"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"bytes\.json: cannot be read as gold"):
        read_gold([path])


def test_a_place_without_gold_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold there"):
        read_gold([tmp_path])
    with pytest.raises(InputError, match="no gold there"):
        read_gold([str(tmp_path / "*.json")])
