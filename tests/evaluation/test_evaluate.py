"""An evaluation turns records into predictions, measures them, and tells errors, gains and losses by sentence."""

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from annotator.cli import app
from annotator.errors import InputError
from annotator.evaluation.evaluate import (
    Measure,
    evaluate,
    may_be_written,
    parts_of,
    predicted_sources,
    prediction_of,
    sentences_around,
)
from annotator.labels import QuoteType
from annotator.records import AnnotatedArticle
from tests.factory import HARBOUR, harbour_record

FERRIES = "Two ferries lay idle on Monday"
REPAIRS = "repairs may take weeks"


def at(words: str) -> dict[str, Any]:
    start = HARBOUR.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def pair(words: str) -> list[int]:
    return [at(words)["start"], at(words)["end"]]


def annotate(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
    record = harbour_record()
    assert (text, publisher) == (HARBOUR, "Daily Example")
    return record


def gold_claim(claim_id: str, content: str, **changes: Any) -> dict[str, Any]:
    claim = {
        "claim_id": claim_id,
        **at(content),
        "content_spans": [at(content)],
        "content_text": content,
        "quote_type": "indirect",
        "kind": "statement",
        "attribution": "anaphoric",
        "stance": "neutral",
        "on_record": "on_record",
        "source": "Tom Lee",
        "source_type": "person",
        "affiliation": "corporate",
        "anonymous": False,
        "chain": ["Tom Lee", "Daily Example"],
        "cue": at("added"),
        "source_mention": at("He added"),
        "alternatives": {},
    }
    return {**claim, **changes}


def own_voice_claim(claim_id: str, content: str) -> dict[str, Any]:
    own = {"source": "Daily Example", "source_type": "article", "affiliation": "media", "chain": ["Daily Example"]}
    labels = {"quote_type": "none", "attribution": "unattributed", "on_record": "not_applicable"}
    return gold_claim(claim_id, content, cue=None, source_mention=None, **own, **labels)


@pytest.fixture
def claim_gold(tmp_path: Path) -> Path:
    """Three claims: one of the record's, one with another source than the record's, one that the record lacks."""
    gold = {
        "format": "claim-attribution-gold/1",
        "doc_id": "harbour",
        "sha256": hashlib.sha256(HARBOUR.encode()).hexdigest(),
        "outlet": "Daily Example",
        "claims": [
            own_voice_claim("c01", FERRIES),
            gold_claim("c02", "the guard slept"),  # 15 of the 31 characters of what the record has: missed
            gold_claim("c03", REPAIRS),
        ],
        "non_claims": [at("Follow us on all channels")],
    }
    (tmp_path / "harbour.txt").write_bytes(HARBOUR.encode())
    path = tmp_path / "harbour.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def polnear(path: Path) -> Path:
    """Two attributions: one as the record has it, one that the record lacks."""
    rows = [
        {"id": "E1", "source": [pair("Mayor Ana Ruiz")], "cue": [pair("said")],
         "content": [pair("“The crane fell at midnight,”"), pair("“and nobody was hurt.”")]},
        {"id": "E2", "source": [pair("the guard")], "cue": [pair("slept")], "content": [pair(FERRIES)]},
    ]  # fmt: skip
    gold = {"id": "harbour", "publisher": "Daily Example", "text": HARBOUR, "attributions": rows}
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def resolved(folder: Path) -> tuple[Path, Path]:
    """Resolved sources of one article, and the file with its text."""

    def item(n: int, content: str, source_id: str, name: str, **labels: Any) -> dict[str, Any]:
        good = {"source_id": source_id, "source_name": name, "source_type": "person", "anonymous": False}
        more = {"attribution": "anaphoric", "quote_type": "indirect", "chain": [source_id, "publisher"]}
        spans = {"source": [], "cue": [at("said")], "content": [at(content)]}
        return {"index": n, **spans, "resolved": {**good, **more, **labels}}

    gold = {
        "doc_id": "harbour",
        "publisher": "Daily Example",
        "sources": [{"source_id": "ruiz", "source_name": "Ana Ruiz"}, {"source_id": "lee", "source_name": "Tom Lee"}],
        "attributions": [
            item(0, "the crane had been overloaded", "ruiz", "Ana Ruiz"),
            item(1, REPAIRS, "lee", "Tom Lee"),
            item(2, "Follow us on all channels", "lee", "Tom Lee"),
            item(3, FERRIES, "lee", "Tom Lee", alternatives={"source_id": ["publisher"]}),
        ],
    }
    texts = folder / "texts.jsonl"
    texts.write_text(json.dumps({"id": "harbour", "text": HARBOUR}), encoding="utf-8")
    path = folder / "resolved.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path, texts


# From the record to what is scored


def test_a_prediction_has_the_fields_that_the_scorer_reads() -> None:
    claims = {claim["start"]: claim for claim in prediction_of(harbour_record())["claims"]}
    claim = claims[at("The harbour of")["start"]]
    assert claim["source"] == "Harbour official (anonymous)"
    assert claim["anonymous"] is True
    assert claim["chain"] == ["Harbour official (anonymous)", "Coastal Wire", "Daily Example"]
    assert claim["cue"] == {"start": at("told")["start"], "end": at("told")["end"]}
    own = claims[at(FERRIES)["start"]]
    assert (own["cue"], own["source_mention"], own["quote_type"]) == (None, None, "none")
    assert json.loads(json.dumps(claims[at(FERRIES)["start"]])) == own


def test_a_prediction_keeps_the_pieces_of_a_claim() -> None:
    claim = prediction_of(harbour_record())["claims"][2]
    pieces = [HARBOUR[piece["start"] : piece["end"]] for piece in claim["content_spans"]]
    assert pieces == ["“The crane fell at midnight,”", "“and nobody was hurt.”"]
    assert (claim["start"], claim["end"]) == (claim["content_spans"][0]["start"], claim["content_spans"][1]["end"])


def test_parts_of_an_attribution_are_its_spans() -> None:
    found = parts_of(harbour_record().attributions[0])
    assert [HARBOUR[a:b] for a, b in (*found.source, *found.cue)] == ["a harbour official", "told"]


def test_predicted_sources_are_the_attributions_and_then_the_other_claims() -> None:
    found = predicted_sources(harbour_record())
    assert [(item.source_name, item.own_voice) for item in found] == [
        ("Harbour official (anonymous)", False),
        ("Ana Ruiz", False),
        ("Ana Ruiz", False),
        ("Tom Lee", False),
        ("unresolved: He", False),
        ("Daily Example", True),
        ("Daily Example", True),
    ]
    # The chain ends before the publisher.
    assert found[0].chain == ("Harbour official (anonymous)", "Coastal Wire")
    assert found[5].chain == ()


def test_an_attribution_of_several_claims_is_mixed_where_their_quote_types_differ() -> None:
    record = harbour_record()
    said = record.claims[2]
    first, second = said.spans
    quoted = said.model_copy(update={"spans": (first,), "text": first.text})
    plain = said.model_copy(update={"spans": (second,), "text": second.text, "quote_type": QuoteType.INDIRECT})
    both = record.model_copy(update={"claims": (quoted, plain)})
    assert predicted_sources(both)[1].quote_type == "mixed"
    # Without a row of its own an attribution is read off its own words.
    none = record.model_copy(update={"claims": ()})
    assert (predicted_sources(none)[1].quote_type, predicted_sources(none)[1].chain) == ("direct", ("Ana Ruiz",))


# The report


def test_measures_of_claim_gold(claim_gold: Path) -> None:
    [part] = evaluate([claim_gold], annotate).sets
    # 2 of 3 gold claims found among 7 predicted: F1 = 2 * 2 / (7 + 3).
    assert part.measures["claim F1"] == Measure(0.4)
    assert part.measures["claim precision"] == Measure(2 / 7, 2, 7)
    assert part.measures["source_name, of found"] == Measure(1 / 2, 1, 2)
    assert part.measures["source_name, of all gold"] == Measure(1 / 3, 1, 3)
    assert part.measures["cue, of all gold"] == Measure(1 / 2, 1, 2)  # c01 has no cue
    assert part.measures["claims in non-claim text"] == Measure(0, 0, 7)


def test_measures_of_attribution_gold(tmp_path: Path) -> None:
    [part] = evaluate([polnear(tmp_path / "dev.jsonl")], annotate).sets
    # 1 of 2 gold attributions is linked; the record has 5.
    assert part.measures["linked F1"] == Measure(2 / 7)
    assert part.measures["linked precision"] == Measure(1 / 5, 1, 5)
    assert part.measures["linked recall"] == Measure(1 / 2, 1, 2)
    # Only the one quoted content is direct, in the gold and in the record; "told" and the like are speech cues.
    assert part.measures["linked F1, direct"] == Measure(1.0)
    assert part.measures["linked F1, indirect"] == Measure(0.0)


def test_measures_of_resolved_sources(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    [part] = evaluate([path], annotate, texts=texts).sets
    assert part.measures["attributions found"] == Measure(3 / 4, 3, 4)
    # Right are Ruiz and the claim that may be the article's own.
    assert part.measures["source_name, of found"] == Measure(2 / 3, 2, 3)
    assert part.measures["chain, of all gold"] == Measure(2 / 4, 2, 4)
    # Gold of the three found: {ruiz} {lee, lee}; the record has three sources. Precision 1, recall (1 + 1/2 + 1/2) / 3.
    assert part.measures["same source B-cubed F1, of found"].value == pytest.approx(2 * (2 / 3) / (1 + 2 / 3))
    # Of all four: the missed one is on its own. Precision 1, recall (1 + 3 * 1/3) / 4.
    assert part.measures["same source B-cubed F1, of all gold"].value == pytest.approx(2 * (1 / 2) / (1 + 1 / 2))


def test_a_wrong_anaphoric_source_is_told_from_one_that_is_left_open(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    [part] = evaluate([path], annotate, texts=texts).sets
    # Of Ruiz, "unresolved: He" and the article's own voice, only Ruiz is a source that the record stands by.
    assert part.measures["anaphoric sources resolved, of found"] == Measure(1 / 3, 1, 3)
    assert part.measures["anaphoric sources right, of resolved"] == Measure(1.0, 1, 1)
    assert part.measures["wrong source by mention: none: left open"] == Measure(1.0, 1, 1)
    gold = json.loads(path.read_text(encoding="utf-8"))
    gold["attributions"][0]["resolved"].update(source_id="lee", source_name="Tom Lee", chain=["lee", "publisher"])
    gold["attributions"][0]["source"] = [at("She")]
    path.write_text(json.dumps(gold), encoding="utf-8")
    [part] = evaluate([path], annotate, texts=texts).sets
    assert part.measures["anaphoric sources right, of resolved"] == Measure(0.0, 0, 1)
    assert part.measures["wrong source by mention: pronoun, last mention near: another of its type"] == Measure(
        1 / 2, 1, 2
    )


def test_what_may_be_explicit_and_is_taken_for_that_resolves_nothing(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    gold = json.loads(path.read_text(encoding="utf-8"))
    quoted = gold["attributions"][0]
    quoted["content"] = [at("“The crane fell at midnight,”"), at("“and nobody was hurt.”")]
    quoted["resolved"].update(source_id="lee", source_name="Tom Lee", chain=["lee", "publisher"])
    quoted["resolved"]["alternatives"] = {"attribution": ["explicit"]}
    path.write_text(json.dumps(gold), encoding="utf-8")
    [part] = evaluate([path], annotate, texts=texts).sets
    assert part.measures["anaphoric sources right, of resolved"] == Measure(0.0, 0, 1)
    assert part.measures["anaphoric sources right, of resolved as such"] == Measure(0.0, 0, 0)


def test_an_unresolved_claim_of_the_claim_gold_is_not_judged(claim_gold: Path) -> None:
    # Of the two anaphoric claims one is missed, and the source of the other is unresolved.
    [part] = evaluate([claim_gold], annotate).sets
    assert part.measures["anaphoric sources resolved, of found"] == Measure(0.0, 0, 1)
    assert part.measures["anaphoric sources right, of resolved"] == Measure(0.0, 0, 0)


def test_a_text_in_two_sets_is_annotated_once(claim_gold: Path, tmp_path: Path) -> None:
    seen = []

    def counting(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
        seen.append(text)
        return annotate(text, publisher=publisher)

    report = evaluate([claim_gold, polnear(tmp_path / "dev.jsonl")], counting)
    assert [part.form for part in report.sets] == ["claims", "attributions"]
    assert seen == [HARBOUR]
    assert report.tool["model"] == "test"


def test_several_articles_have_an_interval(tmp_path: Path) -> None:
    path = polnear(tmp_path / "dev.jsonl")
    row = path.read_text(encoding="utf-8")
    path.write_text(row + "\n" + row, encoding="utf-8")
    [part] = evaluate([path], annotate).sets
    # The articles are the same, so is every resample.
    assert part.measures["linked F1"] == Measure(2 / 7, low=2 / 7, high=2 / 7)


def test_the_table_has_a_row_a_measure(claim_gold: Path) -> None:
    report = evaluate([claim_gold], annotate)
    assert (str(claim_gold), "source_name, of all gold", "33.3", "1/3", "") in report.rows()
    output = StringIO()
    Console(file=output, width=300).print(report.table())
    lines = output.getvalue().splitlines()
    assert any("source_name, of all gold" in line and "33.3" in line and "1/3" in line for line in lines)


# Errors, gains and losses


def test_errors_show_the_sentence_and_both_values(claim_gold: Path) -> None:
    errors = list(evaluate([claim_gold], annotate).errors())
    sentence = "Engineer Tom Lee of the Port Board claimed police believed the guard slept."
    assert f"harbour c02 missed: 'the guard slept' in: {sentence}" in errors
    assert (
        "harbour c03 source_name: gold 'Tom Lee', predicted 'unresolved: He' in: He added that repairs may take weeks."
    ) in errors
    assert any(line.startswith("harbour spurious: 'police believed the guard slept' in: Engineer") for line in errors)
    assert not [line for line in errors if "c01" in line or "c03 cue" in line]


def test_errors_of_attributions_show_the_sources(tmp_path: Path) -> None:
    path = polnear(tmp_path / "dev.jsonl")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(json.dumps(pair("Mayor Ana Ruiz")), json.dumps(pair("the guard"))), encoding="utf-8")
    errors = list(evaluate([path], annotate).errors())
    assert any(
        line.startswith("harbour E1 source: gold 'the guard', predicted 'Mayor Ana Ruiz' in: “The") for line in errors
    )
    assert f"harbour E2 missed: '{FERRIES}' in: {FERRIES}." in errors


def better(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
    """Like `annotate`, but "He" is Tom Lee and the ferries are missing."""
    record = annotate(text, publisher=publisher)
    link = record.claims[6].chain[0].model_copy(update={"source_id": "s04"})
    repairs = record.claims[6].model_copy(update={"source_id": "s04", "chain": (link, record.claims[6].chain[1])})
    kept = [claim for claim in record.claims[:6] if claim.text != FERRIES]
    return record.model_copy(update={"claims": (*kept, repairs)})


def test_gains_and_losses_against_an_earlier_report(claim_gold: Path) -> None:
    earlier = json.loads(json.dumps(evaluate([claim_gold], annotate).to_json()))
    lines = list(evaluate([claim_gold], better).compare(earlier))
    sentence = "He added that repairs may take weeks."
    assert f"gain: harbour c03 source_name: was 'unresolved: He', now 'Tom Lee', gold 'Tom Lee': {sentence}" in lines
    assert f"loss: harbour c01: was found, now missed: {FERRIES}." in lines
    # Name, chain and affiliation of Tom Lee are gained.
    assert [line.split(":")[1] for line in lines if line.startswith("gain:")] == [
        " harbour c03 source_name",
        " harbour c03 chain",
        " harbour c03 affiliation",
    ]
    assert lines[-1] == "gains: 3, losses: 1"


def test_the_same_run_has_no_gains_and_no_losses(claim_gold: Path) -> None:
    report = evaluate([claim_gold], annotate)
    assert list(report.compare(report.to_json())) == ["gains: 0, losses: 0"]


def test_gold_that_only_one_run_has_is_counted(claim_gold: Path, tmp_path: Path) -> None:
    report = evaluate([claim_gold], annotate)
    other = evaluate([polnear(tmp_path / "dev.jsonl")], annotate)
    assert list(report.compare(other.to_json())) == [
        "gains: 0, losses: 0",
        "not compared: 3 only in this run, 2 only in the earlier one",
    ]


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(claim_gold: Path, tmp_path: Path) -> None:
    before = claim_gold.read_bytes()
    result = CliRunner().invoke(app, ["evaluate", str(claim_gold), "--json", str(claim_gold)])
    assert result.exit_code == 2
    assert "is no report of an evaluation" in result.stderr
    assert claim_gold.read_bytes() == before
    assert may_be_written(tmp_path / "new.json")
    (tmp_path / "old.json").write_text('{"format": "annotator-evaluation/1"}')
    assert may_be_written(tmp_path / "old.json")


@pytest.mark.parametrize("earlier", [{}, {"format": "other"}, []])
def test_what_is_no_report_is_not_compared(claim_gold: Path, earlier: Any) -> None:
    with pytest.raises(InputError, match="earlier report"):
        list(evaluate([claim_gold], annotate).compare(earlier))


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("left", "Dr. Fox left."),
        ("rained", "“It rained.”"),
        ("slept. He", "She slept. He ran."),
        ("Headline", "Headline without a stop"),
    ],
)
def test_sentences_around_a_stretch(words: str, sentences: str) -> None:
    text = "Headline without a stop\n\n“It rained.” Dr. Fox left. She slept. He ran."
    start = text.index(words)
    assert sentences_around(text, start, start + len(words)) == sentences


NESTED = "The mayor said on Monday that the police believe that the old pier was burned by two men."


def nested_gold(tmp_path: Path) -> Path:
    def spans(words: str) -> list[list[int]]:
        start = NESTED.index(words)
        return [[start, start + len(words)]]

    inner = "that the old pier was burned by two men"
    outer = {
        "id": "1",
        "source": spans("The mayor"),
        "cue": spans("said"),
        "content": spans(f"the police believe {inner}"),
    }
    within = {"id": "2", "source": spans("the police"), "cue": spans("believe"), "content": spans(inner), "parent": "1"}
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"id": "n1", "text": NESTED, "attributions": [outer, within]}) + "\n", encoding="utf-8")
    return path


def test_a_chain_of_two_is_found_where_the_record_nests_the_inner_step(tmp_path: Path) -> None:
    from annotator.pipeline import annotate as read

    def without_nested(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
        record = read(text, publisher=publisher)
        bare = tuple(claim.model_copy(update={"nested": ()}) for claim in record.claims)
        return record.model_copy(update={"claims": bare})

    path = nested_gold(tmp_path)
    assert evaluate([path], read).sets[0].measures["chains of two found"] == Measure(1.0, 1, 1)
    assert evaluate([path], without_nested).sets[0].measures["chains of two found"].value == 0


def test_an_oracle_gets_the_golds_spans(tmp_path: Path) -> None:
    from annotator.evaluation.oracle import oracle_of
    from annotator.pipeline import annotate as read
    from annotator.pipeline import default

    given = evaluate([nested_gold(tmp_path)], read, oracle=oracle_of(default())).sets[0].measures
    assert given["linked recall"].value == 1.0
