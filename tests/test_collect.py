"""What the record has of a text: whole characters, and names as one would write them."""

import pickle
import tracemalloc

import pytest

import annotator
from annotator.records import AnnotatedArticle, Span, spans_of
from annotator.text import whole


def every_span(record: AnnotatedArticle) -> list[Span]:
    parts = (*record.attributions, *record.claims, *record.sources)
    return [span for part in parts for _, span in spans_of(part) if isinstance(span, Span)]


TEXTS = [
    "The harbour is shut, Ana Lope\u0301 said. She denied that it was her fault\u200f.",
    "\u2067Rain fell\u2069, Bob Holm said on Monday ❤\ufe0f. He added that it was over.",
    "“We won 👩\u200d👩\u200d👧❤\ufe0f”, Ana Lopez said.",
    "Rain fell, 🇺🇦🇺🇦 Bo\u00adb Holm told the Post e\u0301.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_span_cuts_a_character(text: str) -> None:
    record = annotator.annotate(text, publisher="Daily Example")
    spans = every_span(record)
    assert spans
    assert [span.text for span in spans if whole(text, span.start, span.end) != (span.start, span.end)] == []


def test_accents_of_their_own_belong_to_the_name_that_they_end() -> None:
    record = annotator.annotate("The harbour is shut, Ana Lope\u0301 said.")
    assert record.attributions[0].source_mention is not None
    assert record.attributions[0].source_mention.text == "Ana Lope\u0301"
    assert record.claims[0].source_display == "Ana Lopé"
    assert "Ana Lopé" in record.chain_of(record.claims[0])


def test_a_claim_keeps_the_sign_that_colours_its_last_emoji() -> None:
    record = annotator.annotate(TEXTS[2])
    assert record.claims[0].text == "“We won 👩\u200d👩\u200d👧❤\ufe0f”"


def test_a_publisher_is_named_without_what_nobody_sees() -> None:
    record = annotator.annotate("Rain fell, Bob Holm said.", publisher="\u202aDaily Example\u202c\ufeff")
    assert record.chain_of(record.claims[0]) == ("Bob Holm", "Daily Example")


def test_a_stretch_is_one_span_wherever_the_record_has_it() -> None:
    record = annotator.annotate("Anna Moor said the pier was rotten. She said the mayor knew.")
    spans = every_span(record)
    assert len({(span.start, span.end) for span in spans}) == len({id(span) for span in spans}) < len(spans)


def test_a_compact_record_is_the_same_record() -> None:
    record = annotator.annotate("Anna Moor said the pier was rotten.")
    for part in (*record.claims, *record.attributions, *record.sources):
        plain = type(part).model_validate(part.model_dump())
        assert part == plain
        assert hash(part) == hash(plain)
        assert pickle.loads(pickle.dumps(part)) == plain
        assert part.model_copy() == plain
        assert part.model_dump_json() == plain.model_dump_json()


def test_a_compact_record_shares_the_names_of_its_fields_and_takes_less_than_half() -> None:
    plain = [Span(start=n, end=n + 1, text="x") for n in range(1000, 2000)]
    tracemalloc.start()
    dictionaries = [Span(start=span.start, end=span.end, text=span.text) for span in plain]
    whole_size = tracemalloc.get_traced_memory()[0]
    compact = [span.compact() for span in plain]
    size = tracemalloc.get_traced_memory()[0] - whole_size
    tracemalloc.stop()
    assert dictionaries == compact
    assert size < whole_size / 2
    assert len({id(span.model_fields_set) for span in compact}) == 1
