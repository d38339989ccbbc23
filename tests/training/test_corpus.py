"""Corpora become windows with what the network is to say of each piece."""

import json
from pathlib import Path

from annotator.extraction.pieces import ARGUMENT_TAGS, TAGS, PieceTokenizer
from annotator.training.corpus import IGNORED, read_polnear, targets_of
from tests.training.pier import TEXT, example


def test_corpus_spans_follow_the_codebook(tmp_path: Path) -> None:
    text = "She also said that it rained."
    spans = {"source": [[0, 3]], "cue": [[4, 13]], "content": [[14, 29]]}
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": "rain", "text": text, "attributions": [spans]}) + "\n")
    (read,) = read_polnear(tmp_path / "corpus.jsonl")
    source, cue, content = read.attributions[0]
    assert [text[slice(*part[0])] for part in (source, cue, content)] == ["She", "said", "it rained"]


def test_every_cue_has_its_own_source_and_content(encoder: Path) -> None:
    tokenizer = PieceTokenizer(encoder / "tokenizer.json")
    (window,) = targets_of(example(), tokenizer)
    pieces = [TEXT[slice(*offsets)] for offsets in _offsets(tokenizer)]
    found = []
    for cue in window.cues:
        words = {
            role: [pieces[i] for i, t in cue.tags.items() if ARGUMENT_TAGS[t].endswith(role)]
            for role in ("source", "content")
        }
        found.append((pieces[cue.first : cue.last], words["source"][0], words["content"]))
    assert found == [
        (["said"], "Amin", ["The", "pier", "is", "safe"]),
        (["added"], "she", ["“", "It", "held", ",", "”"]),
    ]
    assert window.tags[0] == IGNORED
    assert [TAGS[window.tags[cue.first]] for cue in window.cues] == ["B-cue", "B-cue"]


def _offsets(tokenizer: PieceTokenizer) -> list[tuple[int, int]]:
    """Offsets of the pieces in the order of a window: start mark, lines, each with a break behind it."""
    found, place = [(0, 0)], 0
    for line in TEXT.split("\n"):
        found += [(place + start, place + end) for start, end in tokenizer.encode(line)[1]]
        place += len(line) + 1
        found.append((place - 1, place - 1))
    return found
