"""Label Studio: the labelling configuration, and each record as a task with one prediction to correct.

Offsets are those of the record: `<Text>` counts Unicode code points, with an exclusive end. The server checks next to
nothing of what it is given, so what would break its editor is ruled out here: ids are strings and unique, a pair of
regions has one relation, and a model version is always given.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from annotator.errors import RecordError
from annotator.formats.jsonl import json_text
from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import VOCABULARIES
from annotator.records import SCHEMA_VERSION, AnnotatedArticle, Claim, Link, Source, Span
from annotator.storage import write_text

SPAN, TEXT = "span", "text"  # names of the labels control and of the text that every control belongs to
CLAIM, SOURCE, CUE = "Claim", "Source", "Cue"
COLOURS = {CLAIM: ("#1f77b4", "c"), SOURCE: ("#d62728", "s"), CUE: ("#2ca02c", "q")}  # and hotkeys

RECORDS = "records"  # of a task's data: what no region shows
_LONE = re.compile("[\ud800-\udfff]")

HEDGED = "hedged"
ANONYMOUS = "anonymous"
CLAIM_NORMALIZED = "claim_normalized"
SOURCE_NAME = "source_name"
CHAIN = "chain"
NOTE = "note"
ARTICLE_STATUS = "article_status"
ARTICLE_NOTE = "article_note"


class Relation(NamedTuple):
    """A relation, the labels that it may join and what it says."""

    name: str
    start: str
    ends: tuple[str, ...]
    meaning: str


ATTRIBUTED_TO = Relation("attributed_to", CLAIM, (SOURCE,), "the claim is this source's")
CITED_BY = Relation("cited_by", SOURCE, (SOURCE,), "the next link of the chain, nearer to the reader")
CUE_OF = Relation(
    "cue_of", CUE, (CLAIM, SOURCE), "the words that attribute the claim, or that name this link of its chain"
)
SAME_SOURCE = Relation("same_source", SOURCE, (SOURCE,), "a later mention of the same source")
CONTINUES = Relation("continues", CLAIM, (CLAIM,), "a later piece of the same claim")
RELATIONS = (ATTRIBUTED_TO, CITED_BY, CUE_OF, SAME_SOURCE, CONTINUES)


class Control(NamedTuple):
    """A question asked of each region: single choice from a vocabulary, and the hotkeys of its answers."""

    name: str
    heading: str
    hotkeys: str = ""


# Only the group of the selected region is shown, so the same keys serve in each.
CLAIM_CONTROLS = (
    Control("quote_type", "Quotation", "1234"),
    Control("stance", "Stance of the article", "5678"),
    Control("kind", "Kind", "adfgzxv"),
    Control("polarity", "Polarity", "by"),
    Control("attribution", "Attribution", "iopjkl"),
    Control("on_record", "Terms", "nmhuwet"),
)
SOURCE_CONTROLS = (
    Control("source_type", "Source", "123456789"),
    Control("affiliation", "Affiliation", "adfgzxvbyiop"),
)

# Unlike those of regions, the article's answers listen while they are hidden, so no other answer may have their keys.
ARTICLE_HOTKEYS = ("shift+1", "shift+2", "shift+3")

# Each rule is here because its lack was seen in the browser. `.lsf-htx-richtext` keeps the line breaks; its height of
# a line makes room for the names of arrows between the lines, its padding for those at the left edge. Without the rule
# for `area` the handles that resize a span are not drawn by current browsers. Arrows are blended with the text that
# they cross, and their names lose the plate that hid words. Beside the text, two answers a line: a claim's questions
# then fit a window 900 pixels high.
STYLE = """
    .attr-root .lsf-htx-richtext { white-space: pre-wrap; line-height: 2.6; font-size: 15px; padding-left: 54px; }
    .attr-root .htx-highlight { padding: 1px 0; }
    .attr-root .htx-highlight area { display: inline; }
    .relations-overlay { mix-blend-mode: multiply; }
    .relations-overlay path { opacity: 0.45; }
    .relations-overlay g g rect { fill: none; stroke: none; }
    .relations-overlay text { fill: #808 !important; font-size: 10px !important; paint-order: stroke;
      stroke: #fff; stroke-width: 3px; transform: translateX(-14px); }
    .attr-bar { position: sticky; top: 0; z-index: 150; padding: 6px 0;
      background: var(--color-neutral-background, #fff); }
    .attr-cols { display: flex; gap: 16px; align-items: flex-start; }
    .attr-main { flex: 1 1 auto; min-width: 0; }
    .attr-main h2, .attr-main h3, .attr-main h4 { font-size: 16px; line-height: 1.3; margin: 4px 0 !important; }
    .attr-side { flex: 0 0 290px; position: sticky; top: 64px; max-height: calc(100vh - 212px); overflow-y: auto;
      font-size: 12px; }
    .attr-side h4 { font-size: 12px; line-height: 1.2; margin: 7px 0 1px !important; }
    .attr-side .lsf-choices { margin: 0 !important; }
    .attr-side .lsf-choices:not(.lsf-choices_hidden) { display: flex; flex-wrap: wrap; }
    .attr-side .lsf-choice { min-width: 50%; }
    .attr-side .lsf-choice label { font-size: 12px; line-height: 20px; white-space: nowrap; }
    .attr-side .ant-form-item, .attr-side [data-testid="textarea-regions"] { margin-bottom: 0 !important; }
    .attr-side .ant-input { font-size: 12px; padding: 3px 6px; }
    .attr-side [data-testid="textarea-counts"] { display: none; }
    .attr-side [data-testid="htx-textbox-content"] { min-height: 0; padding: 3px 6px; }
  """


def config() -> str:
    """The labelling configuration (XML): the vocabularies of the codebook, each answer with its meaning as a hint."""
    root = ET.Element("View", className="attr-root")
    ET.SubElement(root, "Style").text = STYLE
    bar = ET.SubElement(root, "View", className="attr-bar")
    labels = ET.SubElement(bar, "Labels", name=SPAN, toName=TEXT, choice="single", showInline="true")
    for label, (colour, hotkey) in COLOURS.items():
        ET.SubElement(labels, "Label", value=label, background=colour, hotkey=hotkey)
    relations = ET.SubElement(root, "Relations")
    for relation in RELATIONS:
        ET.SubElement(relations, "Relation", value=relation.name)
    columns = ET.SubElement(root, "View", className="attr-cols")
    main = ET.SubElement(columns, "View", className="attr-main")
    ET.SubElement(main, "Header", value="$title", size="4")
    ET.SubElement(main, "Header", value="$about", size="6")
    ET.SubElement(main, "Text", name=TEXT, value="$text", granularity="word", saveTextResult="yes")
    _side(ET.SubElement(columns, "View", className="attr-side"))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _side(side: ET.Element) -> None:
    """The questions beside the text: on the article while nothing is selected, else on the selected region."""
    article = ET.SubElement(side, "View", visibleWhen="no-region-selected")
    _choices(article, ARTICLE_STATUS, "Article", _meanings(ARTICLE_STATUS), hotkeys=ARTICLE_HOTKEYS)
    note = {
        "rows": "3",
        "maxSubmissions": "1",
        "editable": "true",
        "placeholder": "Note on the article: Shift+Enter saves it",
    }
    ET.SubElement(article, "TextArea", {"name": ARTICLE_NOTE, "toName": TEXT, **note})

    claim = _group(side, CLAIM)
    _name(claim, CHAIN, "Chain", CLAIM, "Harbour official (anonymous) > Coastal Wire > Daily Example; Enter saves it")
    for control in CLAIM_CONTROLS:
        _choices(claim, control.name, control.heading, _meanings(control.name), CLAIM, hotkeys=control.hotkeys)
    _choices(claim, HEDGED, "", {HEDGED: "may, might, appears, is believed"}, CLAIM, hotkeys="9", several=True)
    _name(claim, CLAIM_NORMALIZED, "Claim on its own", CLAIM, "readable without the article; Enter saves it")
    _name(claim, NOTE, "Note", CLAIM, "for the other reviewers; Enter saves it")

    source = _group(side, SOURCE)
    _name(source, SOURCE_NAME, "Name", SOURCE, "e.g. Ana Ruiz; Harbour official (anonymous). Enter saves it")
    hint = {ANONYMOUS: "the reader cannot identify who spoke"}
    _choices(source, ANONYMOUS, "", hint, SOURCE, hotkeys="0", several=True)
    for control in SOURCE_CONTROLS:
        _choices(source, control.name, control.heading, _meanings(control.name), SOURCE, hotkeys=control.hotkeys)


def _meanings(vocabulary: str) -> dict[str, str]:
    return {label.value: label.meaning for label in VOCABULARIES[vocabulary]}


def _group(side: ET.Element, label: str) -> ET.Element:
    return ET.SubElement(side, "View", visibleWhen="region-selected", whenTagName=SPAN, whenLabelValue=label)


def _when(label: str) -> dict[str, str]:
    """That a control belongs to regions with this label; the group around it only hides it."""
    return {"perRegion": "true", "whenTagName": SPAN, "whenLabelValue": label}


def _choices(
    parent: ET.Element,
    name: str,
    heading: str,
    meanings: dict[str, str],
    label: str | None = None,
    *,
    hotkeys: Sequence[str] = "",
    several: bool = False,
) -> None:
    if heading:
        ET.SubElement(parent, "Header", value=heading, size="6")
    choice = {"choice": "multiple" if several else "single-radio"}
    when = _when(label) if label else {}
    choices = ET.SubElement(parent, "Choices", {"name": name, "toName": TEXT, **choice, **when})
    for n, (value, meaning) in enumerate(meanings.items()):
        key = {"hotkey": hotkeys[n]} if n < len(hotkeys) else {}
        ET.SubElement(choices, "Choice", {"value": value, "hint": meaning, **key})


def _name(parent: ET.Element, name: str, heading: str, label: str, placeholder: str) -> None:
    # One row: what is typed into a taller field is lost unless the reviewer adds it with a button.
    ET.SubElement(parent, "Header", value=heading, size="6")
    shape = {"rows": "1", "maxSubmissions": "1", "editable": "true", "placeholder": placeholder}
    ET.SubElement(parent, "TextArea", {"name": name, "toName": TEXT, **shape, **_when(label)})


def task(record: AnnotatedArticle) -> dict[str, Any]:
    """The record as a task: `data` for the page and the list of tasks, and one prediction."""
    article = record.article
    about = [article.publisher, article.published, article.url, _workload(record.claims)]
    made = {
        "data": {
            "text": article.text,
            "article_id": article.article_id,
            "title": article.title or article.article_id,
            "publisher": article.publisher or "",
            "published": article.published or "",
            "url": article.url or "",
            "about": " · ".join(part for part in about if part),
            "text_sha256": article.text_sha256,
            "schema_version": SCHEMA_VERSION,
            RECORDS: kept_records([record]),
        },
        "predictions": [prediction(record)],
    }
    task: dict[str, Any] = sendable(made)
    return task


def kept_records(records: Iterable[AnnotatedArticle]) -> str:
    """The records as a JSON array in which the text, which the task has, is left out.

    Whatever no region shows comes back with it. Lone surrogates cannot travel in a task: such a text is kept.
    """
    kept = [record.model_dump(mode="json") for record in records]
    for values in kept:
        if sendable(values["article"]["text"]) == values["article"]["text"]:
            del values["article"]["text"]
    return json.dumps(kept, separators=(",", ":"))


def kept_in(data: Mapping[str, Any]) -> list[AnnotatedArticle]:
    """The records that a task's data keep, oldest first; none where the task is not ours.

    Raises `RecordError` where they are no records any more.
    """
    try:
        kept = json.loads(data.get(RECORDS) or "[]")
        for values in kept:
            values["article"].setdefault("text", data["text"])
        return [AnnotatedArticle.model_validate(values) for values in kept]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise RecordError(
            f"article {data.get('article_id')!r}: the record that the task keeps is spoilt: {reason}"
        ) from error


def sendable(value: Any) -> Any:
    """The value with a replacement character for each lone surrogate, over which the server would fall for good."""
    if isinstance(value, str):
        return _LONE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {name: sendable(part) for name, part in value.items()}
    return [sendable(part) for part in value] if isinstance(value, list) else value


def _workload(claims: Collection[Claim]) -> str:
    return f"{len(claims)} claims, {sum(claim.needs_review for claim in claims)} to review"


def model_version(record: AnnotatedArticle) -> str:
    """What made the record, in one string; a missing version would stop the list of tasks from loading."""
    tool = record.tool
    return f"{tool.name} {tool.version} model {tool.model} lexicon {tool.lexicon}"


def prediction(record: AnnotatedArticle) -> dict[str, Any]:
    """The record's claims, sources and cues as regions with their relations.

    The score is the mean confidence of the claims: sorted by it, the articles that need a person most come first.
    """
    canvas = _Canvas(record)
    for number, claim in enumerate(record.claims, 1):
        _draw_claim(canvas, claim, f"claim-{number}")
    canvas.join_mentions()
    return {
        "model_version": model_version(record),
        "score": fmean(claim.confidence for claim in record.claims) if record.claims else 0.0,
        "result": [*canvas.results, *canvas.relation_results()],
    }


@dataclass
class _Canvas:
    """Regions and relations drawn so far; a mention or a cue that several claims share is drawn once."""

    record: AnnotatedArticle
    results: list[dict[str, Any]] = field(default_factory=list)
    mentions: dict[tuple[str, int, int], str] = field(default_factory=dict)  # source_id, start, end
    cues: dict[tuple[int, int], str] = field(default_factory=dict)
    relations: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def region(self, region: str, label: str, span: Span, meta: dict[str, Any], score: float | None = None) -> None:
        result = self._result(region, SPAN, "labels", span, {"text": span.text, "labels": [label]}, meta)
        self.results.append(result if score is None else {**result, "score": score})

    def choose(self, region: str, control: str, span: Span, value: str, meta: dict[str, Any]) -> None:
        value_of = {"text": span.text, "choices": [value]}
        self.results.append(self._result(region, control, "choices", span, value_of, meta))

    def type_in(self, region: str, control: str, span: Span, words: str, meta: dict[str, Any]) -> None:
        # Here `text` is what was typed, so the region's own words have no place.
        self.results.append(self._result(region, control, "textarea", span, {"text": [words]}, meta))

    def _result(
        self, region: str, control: str, kind: str, span: Span, value: dict[str, Any], meta: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "id": region,
            "from_name": control,
            "to_name": TEXT,
            "type": kind,
            "value": {"start": span.start, "end": span.end, **value},
            "meta": meta,
        }

    def source(self, source: Source, span: Span) -> str:
        """Id of the region of a mention, drawn if it is new."""
        key = (source.source_id, span.start, span.end)
        if key not in self.mentions:
            region = self.mentions[key] = f"source-{len(self.mentions) + 1}"
            meta = {"source_id": source.source_id}
            self.region(region, SOURCE, span, meta)
            self.choose(region, "source_type", span, source.type.value, meta)
            self.choose(region, "affiliation", span, source.affiliation.value, meta)
            if source.anonymous:
                self.choose(region, ANONYMOUS, span, ANONYMOUS, meta)
            self.type_in(region, SOURCE_NAME, span, source.name, meta)
        return self.mentions[key]

    def cue(self, span: Span, meta: dict[str, Any]) -> str:
        """Id of the region of a cue, drawn if it is new."""
        key = (span.start, span.end)
        if key not in self.cues:
            self.cues[key] = f"cue-{len(self.cues) + 1}"
            self.region(self.cues[key], CUE, span, meta)
        return self.cues[key]

    def relate(self, start: str, relation: Relation, end: str) -> None:
        """Join two regions; the editor keeps one relation a pair, so a second one becomes its second label."""
        names = self.relations.setdefault((start, end), [])
        if start != end and relation.name not in names:
            names.append(relation.name)

    def join_mentions(self) -> None:
        """Join each mention that was drawn to the mention of the same source before it in the text."""
        before: dict[str, str] = {}
        for (source_id, _, _), region in sorted(self.mentions.items(), key=lambda item: item[0][1:]):
            if source_id in before:
                self.relate(region, SAME_SOURCE, before[source_id])
            before[source_id] = region

    def relation_results(self) -> Iterator[dict[str, Any]]:
        for (start, end), names in self.relations.items():
            if names:
                yield {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": names}


def _draw_claim(canvas: _Canvas, claim: Claim, region: str) -> None:
    """The claim's regions, its answers on the first of them, and what joins it to its cue, source and chain."""
    first = claim.spans[0]
    meta = {"claim_id": claim.claim_id, "source_id": claim.source_id, "attribution_id": claim.attribution_id}
    canvas.region(region, CLAIM, first, meta, score=claim.confidence)
    for control in CLAIM_CONTROLS:
        canvas.choose(region, control.name, first, getattr(claim, control.name).value, meta)
    if claim.hedged:
        canvas.choose(region, HEDGED, first, HEDGED, meta)
    if claim.claim_normalized:
        canvas.type_in(region, CLAIM_NORMALIZED, first, claim.claim_normalized, meta)
    if claim.attribution_id:
        canvas.type_in(region, CHAIN, first, CHAIN_SIGN.join(canvas.record.chain_of(claim)), meta)
    if claim.review and claim.review.note:
        canvas.type_in(region, NOTE, first, claim.review.note, meta)
    _draw_pieces(canvas, claim, region, meta)
    _draw_attribution(canvas, claim, region)
    _draw_chain(canvas, claim.chain)


def _draw_pieces(canvas: _Canvas, claim: Claim, region: str, meta: dict[str, Any]) -> None:
    before = region
    for n, span in enumerate(claim.spans[1:], 2):
        piece = f"{region}-{n}"
        canvas.region(piece, CLAIM, span, meta, score=claim.confidence)
        canvas.relate(piece, CONTINUES, before)
        before = piece


def _draw_attribution(canvas: _Canvas, claim: Claim, region: str) -> None:
    attribution = canvas.record.attribution_of(claim)
    if attribution is None:
        return
    source = canvas.record.source_by_id[attribution.source_id]
    if mention := attribution.source_mention or _nearest(source.mentions, claim.spans[0].start):
        canvas.relate(region, ATTRIBUTED_TO, canvas.source(source, mention))
    if attribution.cue:
        cue = canvas.cue(attribution.cue, {"attribution_id": attribution.attribution_id})
        canvas.relate(cue, CUE_OF, region)


def _nearest(mentions: Sequence[Span], start: int) -> Span | None:
    """The last mention before `start`, else the first one: whom a claim without a mention of its own belongs to."""
    in_order = sorted(mentions, key=lambda mention: mention.start)
    before = [mention for mention in in_order if mention.start < start]
    return before[-1] if before else next(iter(in_order), None)


def _draw_chain(canvas: _Canvas, chain: Iterable[Link]) -> None:
    """A `cited_by` from each link that has a mention to the next one that has; a link's own cue belongs to it."""
    before: str | None = None
    for link in chain:
        if link.mention is None:
            continue
        region = canvas.source(canvas.record.source_by_id[link.source_id], link.mention)
        if link.cue and (link.cue.start, link.cue.end) not in canvas.cues:
            canvas.relate(canvas.cue(link.cue, {"source_id": link.source_id}), CUE_OF, region)
        if before:
            canvas.relate(before, CITED_BY, region)
        before = region


def write(records: Iterable[AnnotatedArticle], folder: Path) -> list[Path]:
    """Write `tasks.json`, one task a line, and the `config.xml` that the project needs.

    Raises `OutputError` where a file cannot be written.
    """
    return [
        write_text(folder / "tasks.json", _array(json_text(task(record)) for record in records)),
        write_text(folder / "config.xml", [config()]),
    ]


def _array(items: Iterable[str]) -> Iterator[str]:
    yield "["
    for n, item in enumerate(items):
        yield f",\n{item}" if n else f"\n{item}"
    yield "\n]\n"
