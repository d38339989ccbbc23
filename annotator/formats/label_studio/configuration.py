"""The labelling configuration: the questions that Label Studio asks, from the vocabularies of the codebook."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple

from annotator.labels import VOCABULARIES

SPAN, TEXT = "span", "text"  # names of the labels control and of the text that every control belongs to
CLAIM, SOURCE, CUE = "Claim", "Source", "Cue"
DOUBT = "rgba(255, 170, 0, 0.45)"  # behind the words of a claim that needs review
COLOURS = {CLAIM: ("#1f77b4", "c"), SOURCE: ("#d62728", "s"), CUE: ("#2ca02c", "q")}  # and hotkeys

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

# The id of a region of a claim that needs review ends so. The editor makes it part of the class of the region's words,
# which is how the style finds them: labels have one colour each, and a label of its own would be another answer.
DOUBTED = "-review"

# Each rule is here because its lack was seen in the browser. `.lsf-htx-richtext` keeps the line breaks; its height of
# a line makes room for arrows and their names between the lines, its padding for those at the left edge. Without the
# rule for `area` the handles that resize a span are not drawn by current browsers. Arrows lie behind the text, and the
# lines of words have a ground that lets only a shade of them through: none strikes a word out. Their names lose the
# plate that hid words, and hang below their lines. Beside the text, two answers a line: a claim's questions then fit a
# window 900 pixels high.
STYLE = f"""
    .attr-root .lsf-htx-richtext {{ white-space: pre-wrap; line-height: 2.8; font-size: 15px; padding-left: 62px;
      position: relative; z-index: 1; }}
    .attr-root .lsf-richtext__line {{ display: inline; padding: 0;
      background: color-mix(in srgb, var(--color-neutral-background, #fff) 85%, transparent); }}
    .attr-root .htx-highlight {{ padding: 1px 0; }}
    .attr-root .htx-highlight area {{ display: inline; }}
    .attr-root .htx-highlight[class*="{DOUBTED}-"]:not(.__active, .__hidden) {{
      background-color: {DOUBT} !important; }}
    .relations-overlay {{ z-index: 0 !important; }}
    .relations-overlay path {{ opacity: 0.45; }}
    .relations-overlay g g rect {{ fill: none; stroke: none; }}
    .relations-overlay text {{ fill: #808 !important; font-size: 10px !important; paint-order: stroke;
      stroke: #fff; stroke-width: 3px; transform: translate(-14px, 6px); }}
    .attr-bar {{ position: sticky; top: 0; z-index: 150; padding: 6px 0; display: flex; gap: 16px; align-items: center;
      background: var(--color-neutral-background, #fff); }}
    .attr-doubt {{ background: {DOUBT}; border-radius: 2px; padding: 0 8px; }}
    .attr-bar h4, .attr-doubt * {{ font-size: 13px; font-weight: normal; margin: 0 !important; }}
    .attr-cols {{ display: flex; gap: 16px; align-items: flex-start; }}
    .attr-main {{ flex: 1 1 auto; min-width: 0; }}
    .attr-main h2, .attr-main h3, .attr-main h4 {{ font-size: 16px; line-height: 1.3; margin: 4px 0 !important; }}
    .attr-side {{ flex: 0 0 290px; position: sticky; top: 64px; max-height: calc(100vh - 212px); overflow-y: auto;
      font-size: 12px; }}
    .attr-side h4 {{ font-size: 12px; line-height: 1.2; margin: 7px 0 1px !important; }}
    .attr-side .lsf-choices {{ margin: 0 !important; }}
    .attr-side .lsf-choices:not(.lsf-choices_hidden) {{ display: flex; flex-wrap: wrap; }}
    .attr-side .lsf-choice {{ min-width: 50%; }}
    .attr-side .lsf-choice label {{ font-size: 12px; line-height: 20px; white-space: nowrap; }}
    .attr-side .ant-form-item, .attr-side [data-testid="textarea-regions"] {{ margin-bottom: 0 !important; }}
    .attr-side .ant-input {{ font-size: 12px; padding: 3px 6px; }}
    .attr-side [data-testid="textarea-counts"] {{ display: none; }}
    .attr-side [data-testid="htx-textbox-content"] {{ min-height: 0; padding: 3px 6px; }}
  """


def config() -> str:
    """The labelling configuration (XML): the vocabularies of the codebook, each answer with its meaning as a hint."""
    root = ET.Element("View", className="attr-root")
    ET.SubElement(root, "Style").text = STYLE
    bar = ET.SubElement(root, "View", className="attr-bar")
    labels = ET.SubElement(bar, "Labels", name=SPAN, toName=TEXT, choice="single", showInline="true")
    for label, (colour, hotkey) in COLOURS.items():
        ET.SubElement(labels, "Label", value=label, background=colour, hotkey=hotkey)
    doubt = ET.SubElement(bar, "View", className="attr-doubt")
    ET.SubElement(doubt, "Header", value="a claim that needs review: select it to read why", size="6")
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
