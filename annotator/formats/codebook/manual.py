"""The manual as data, and its two forms."""

import datetime
import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from annotator.formats.codebook.examples import Example, Key, Piece, examples
from annotator.formats.pages import environment, policy_of, resource
from annotator.labels import VOCABULARIES
from annotator.records import SCHEMA_VERSION, AnnotatedArticle
from annotator.storage import whole, write_text

TITLE = "Coding manual of attribution-annotator"
AUTHORS = "The attribution-annotator authors"  # as in CITATION.cff
LICENCE = "Apache-2.0"
DISTRIBUTION = "attribution-annotator"


@dataclass(frozen=True)
class Entry:
    """A label, what it means, and sentences that have it."""

    label: str
    meaning: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Part:
    """A vocabulary: its name in records and tables, its title, the question that it answers, and its labels."""

    name: str
    title: str
    asks: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Manual:
    """All that both forms show; `digest` is the SHA-256 of the content, without the date."""

    version: str
    schema: str
    made: datetime.date
    articles: int  # that the examples are from; 0 for its own six
    units: tuple[tuple[str, str], ...]
    conventions: tuple[str, ...]
    parts: tuple[Part, ...]
    digest: str

    @property
    def citation(self) -> str:
        """How to cite it, in a line."""
        return (
            f"{AUTHORS} ({self.made.year}). {TITLE}, version {self.version}, schema {self.schema} "
            f"[{self.made.isoformat()}; SHA-256 {self.digest[:12]}]. Licence: {LICENCE}."
        )

    @property
    def bibtex(self) -> str:
        """The same for BibTeX."""
        return (
            f"@manual{{attribution-annotator-{self.version},\n  title = {{{TITLE}}},\n  author = {{{{{AUTHORS}}}}},\n"
            f"  edition = {{version {self.version}, schema {self.schema}}},\n  year = {{{self.made.year}}},\n"
            f"  note = {{{self.made.isoformat()}; SHA-256 {self.digest}}}\n}}"
        )

    @property
    def origin(self) -> str:
        """Where the examples come from."""
        if not self.articles:
            return "six articles written for the purpose, where the annotator says what a person had said before it"
        return f"{self.articles:,} record{'s' if self.articles > 1 else ''} that were given"

    @property
    def none(self) -> str:
        """What stands where no example is."""
        return f"no example in the {'records' if self.articles else 'six articles'}"


def manual(records: Iterable[AnnotatedArticle] = (), made: datetime.date | None = None) -> Manual:
    """The manual with examples of these records, or without any its own; `made` is its date, today's without one."""
    records = list(records)
    found = examples(records) if records else _own_examples()
    words = _words()
    parts = [
        Part(
            name,
            words["vocabulary"][name]["title"],
            words["vocabulary"][name]["asks"],
            tuple(Entry(label.value, label.meaning, tuple(found.get((name, label), ()))) for label in labels),
        )
        for name, labels in sorted(VOCABULARIES.items(), key=lambda item: [*words["vocabulary"]].index(item[0]))
    ]
    marks = tuple(
        Entry(field["value"], field["meaning"], tuple(found.get((name, field["value"]), ())))
        for name, field in words["field"].items()
    )
    parts.append(Part("marks", "Marks", "Does this hold of the claim, or of its source?", marks))
    units = tuple((unit["name"], unit["text"]) for unit in words["unit"])
    conventions = tuple(convention["text"] for convention in words["convention"])
    content = [SCHEMA_VERSION, units, conventions, [asdict(part) for part in parts]]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
    made = made or datetime.datetime.now(datetime.UTC).date()
    return Manual(version(DISTRIBUTION), SCHEMA_VERSION, made, len(records), units, conventions, tuple(parts), digest)


def html(book: Manual) -> str:
    """The manual as one page, which prints on paper or to PDF."""
    css = resource("codebook.css")
    template = environment().from_string(resource("codebook.html.jinja"))
    return template.render(book=book, title=TITLE, css=css, policy=policy_of(css))


def markdown(book: Manual) -> str:
    """The manual as Markdown; the words of an example that have the label are bold."""
    lines = [f"# {TITLE}", "", _about(book), "", f"> {book.citation}", "", "```bibtex", book.bibtex, "```", ""]
    lines += ["## Units", "", *(f"- **{name}**: {text}" for name, text in book.units), ""]
    lines += ["## Conventions", "", *(f"{n}. {text}" for n, text in enumerate(book.conventions, 1)), ""]
    for part in book.parts:
        lines += [f"## {part.title} (`{part.name}`)", "", part.asks, ""]
        for entry in part.entries:
            lines += [f"### `{entry.label}`", "", f"{entry.meaning}", ""]
            lines += [f"- {_example(example)}" for example in entry.examples] or [f"- ({book.none})"]
            lines.append("")
    return "\n".join(lines)


FORMATS: dict[str, tuple[str, Callable[[Manual], str]]] = {
    "html": ("codebook.html", html),
    "md": ("codebook.md", markdown),
}


def write(
    records: Iterable[AnnotatedArticle], folder: Path, formats: Sequence[str], made: datetime.date | None = None
) -> list[Path]:
    """Write the manual into `folder` in each format, all or none, and return the paths.

    Its examples are of the records, or without any its own. Raises `OutputError` where a file cannot be written, and
    `KeyError` for a format that is not in `FORMATS`.
    """
    book = manual(records, made)
    contents = {name: form(book) for name, form in (FORMATS[one] for one in formats)}
    with whole(folder) as new:
        for name, content in contents.items():
            write_text(new / name, [content])
    return [folder / name for name in contents]


def as_json(found: Mapping[Key, Sequence[Example]]) -> str:
    """Examples as the package keeps its own: by vocabulary and label, an example a line."""
    kept: dict[str, dict[str, list[str]]] = {}
    for (name, label), several in sorted(found.items()):
        lines = [json.dumps(asdict(example), ensure_ascii=False) for example in several]
        kept.setdefault(name, {})[str(label)] = lines
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


@cache
def _own_examples() -> dict[Key, list[Example]]:
    kept = json.loads(resource("codebook.json"))
    return {
        (name, label): [
            Example(**{**one, "pieces": tuple(Piece(**piece) for piece in one["pieces"])})
            for one in map(json.loads, several)
        ]
        for name, labels in kept.items()
        for label, several in labels.items()
    }


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("codebook.toml"))


def _about(book: Manual) -> str:
    return (
        f"Version {book.version}, schema {book.schema}, {book.made.isoformat()}. SHA-256 of the content: "
        f"`{book.digest}`. The examples are from {book.origin}. The words that have the label are marked; behind the "
        "arrow stands the source, or the chain of sources from the first to the publisher."
    )


def _example(example: Example) -> str:
    text = "".join(f"**{_plain(piece.text)}**" if piece.marked else _plain(piece.text) for piece in example.pieces)
    note = f" → {_plain(example.note)}" if example.note else ""
    return f"{text}{note} ({_plain(example.article)})"


def _plain(text: str) -> str:
    """Words that mean nothing to Markdown."""
    flat = " ".join(text.split("\n"))
    for sign in "\\`*_[]<>#|":
        flat = flat.replace(sign, f"\\{sign}")
    return flat
