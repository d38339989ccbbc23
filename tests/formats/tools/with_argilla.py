"""Reads `settings.json` and `records.json` with Argilla's SDK and prints what it understands. Run by a Python with it.

`python with_argilla.py FOLDER`. The SDK asks the server who it talks to before it makes a question; one that knows
nothing else answers here.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

ME = {"id": "11111111-1111-1111-1111-111111111111", "username": "ana", "role": "owner", "first_name": "Ana"}
THEN = "2026-01-01T00:00:00"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({**ME, "inserted_at": THEN, "updated_at": THEN}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def main(folder: Path) -> dict[str, Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    argilla = import_module("argilla")
    argilla.Argilla(api_url=f"http://127.0.0.1:{server.server_port}", api_key="key")
    settings = argilla.Settings.from_json(folder / "settings.json")
    settings.validate()
    records = [argilla.Record.from_dict(one) for one in json.loads((folder / "records.json").read_bytes())]
    for record in records:
        record.api_model()  # what would be sent, checked by the SDK's own models
    marks = settings.questions["marks"]
    return {
        "fields": [field.name for field in settings.fields],
        "questions": [[question.name, type(question).__name__] for question in settings.questions],
        "labels": marks.labels,
        "overlapping": marks.allow_overlapping,
        "records": [
            {"id": record.id, "text": record.fields["text"], "spans": spans(record.fields["text"], record)}
            for record in records
        ],
    }


def spans(text: str, record: Any) -> list[list[str]]:
    return [[text[span["start"] : span["end"]], span["label"]] for span in record.suggestions["marks"].value]


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
