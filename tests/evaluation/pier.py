"""Gold of one sentence with an attribution inside another one's content."""

import json
from pathlib import Path

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
