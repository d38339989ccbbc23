"""The files of `schemas/`: the contract for people who do not read Python, made from the code."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.formats import label_studio, tables
from annotator.labels import VOCABULARIES, Label
from annotator.records import SCHEMA_VERSION
from annotator.schema import record_schema
from annotator.storage import whole, write_text

README = """# The formats of attribution-annotator, version {version}

Made from the code by `annotator schema`; a test fails when this folder and the code differ.

| file | describes | standard |
|---|---|---|
| `record.schema.json` | a line of `records.jsonl`: everything known about one article | JSON Schema 2020-12 |
| `claims.schema.json` | `claims.csv`: one row a claim | Frictionless Table Schema |
| `sources.schema.json` | `sources.csv`: one row a source and article | Frictionless Table Schema |
| `label_studio.xml` | the labelling configuration that `label_studio/tasks.json` needs | Label Studio |

## Offsets

Offsets count Unicode code points of `article.text` from 0, the end exclusive: in Python `text[start:end]` is the
text of the span. A line break of two characters counts as two. JavaScript and Java count UTF-16 units: there, split
the text into code points first (`Array.from(text)`). `text_sha256` is the SHA-256 of the text in UTF-8 and tells
whether it is still the same.

## claims.csv

UTF-8, line feeds, quoting as in RFC 4180; an empty cell is a missing value; line breaks inside a cell become blanks.

{claim_columns}

## sources.csv

The last columns stay empty: they are for a person who audits the sources, and the annotator never fills them.

{source_columns}

## Label Studio

Regions are labelled {labels}; offsets are the same as above. `meta` keeps `claim_id`, `source_id` and `attribution_id`.

{relations}

## Vocabularies

The same words stand in the JSON, in the tables, in Label Studio and in the report.

{vocabularies}
"""


def files() -> dict[str, str]:
    """Name and content of every file of `schemas/`."""
    return {
        "record.schema.json": _pretty(record_schema()),
        "claims.schema.json": _pretty(tables.claims_schema()),
        "sources.schema.json": _pretty(tables.sources_schema()),
        "label_studio.xml": label_studio.config(),
        "README.md": _readme(),
    }


def write(folder: Path) -> list[Path]:
    """Write the files into `folder`, all or none, and return their paths.

    Raises `OutputError` where one cannot be written.
    """
    made = files()
    with whole(folder) as new:
        for name, content in made.items():
            write_text(new / name, [content])
    return [folder / name for name in made]


def _pretty(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _readme() -> str:
    return README.format(
        version=SCHEMA_VERSION,
        claim_columns=_columns(tables.CLAIM_COLUMNS),
        source_columns=_columns(tables.SOURCE_COLUMNS),
        labels=", ".join(f"`{label}`" for label in label_studio.COLOURS),
        relations=_relations(),
        vocabularies="\n\n".join(_vocabulary(name, words) for name, words in VOCABULARIES.items()),
    )


def _columns(columns: Sequence[tables.Column[Any]]) -> str:
    rows = ((f"`{column.name}`", column.type, column.meaning) for column in columns)
    return "\n".join(_table(("column", "type", "meaning"), rows))


def _relations() -> str:
    rows = (
        (f"`{relation.name}`", relation.start, " or ".join(relation.ends), relation.meaning)
        for relation in label_studio.RELATIONS
    )
    return "\n".join(_table(("relation", "from", "to", "meaning"), rows))


def _vocabulary(name: str, words: type[Label]) -> str:
    rows = ((f"`{label.value}`", label.meaning) for label in words)
    return "\n".join((f"### {name}", "", *_table(("value", "meaning"), rows)))


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (header, ("---",) * len(header), *rows):
        yield f"| {' | '.join(cell.strip().replace('|', chr(92) + '|') for cell in row)} |"
