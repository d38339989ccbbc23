"""Deeds: attributions of the corpus that quote nobody, since the article itself tells what somebody does or wants."""

import re

from annotator.draft import Draft, DraftAttribution, Offsets
from annotator.language import cues, lexicon

MAX_POINTING_WORDS = 4  # "the decision", "his plan for the city"; a longer phrase says something itself
_POINTS_BACK = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "it", "them"})


# "highlighted the need for reform" says something, "highlighted vacant offices" shows them.
_POINTS = frozenset(
    {"need", "importance", "urgency", "risk", "danger", "threat", "lack", "failure", "benefit", "value"}
)


def _names_act(draft: Draft, attribution: DraftAttribution, name: str) -> bool:
    """ "announced the decision", "declared a state of emergency": the article tells that somebody did it."""
    words = " ".join(draft.words(span) for span in attribution.contents).lower().split()
    if cues.takes_noun(draft, attribution.cue):
        return False
    if name == "highlight" and draft.head(attribution.contents[0]).lemma_.lower() in _POINTS:
        return False
    if name in _CALLING and len(words) >= MIN_CALLED:
        return False
    if name in lexicon.words("act_cues"):
        return words[0] in _POINTS_BACK | {"a", "an"} or name != "declare"  # not "declared it a pandemic"
    return len(words) <= MAX_POINTING_WORDS and words[0] in _POINTS_BACK


def _next_word(draft: Draft, cue: Offsets) -> str:
    words = draft.text[cue[1] : cue[1] + 80].split()
    return words[0].lower() if words else ""


def _is_infinitive(draft: Draft, cue: Offsets) -> bool:
    """ "the last continent to report cases": what somebody is to do, not what they have said."""
    known = lexicon.table("cues")
    verb = next((t for t in draft.tokens(cue) if t.lemma_.lower() in known and t.tag_ == "VB"), draft.head(cue))
    return verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.children)


# "termed the closure unjust" says what somebody thinks of it.
_CALLING = frozenset({"term", "deem", "dub", "brand", "label", "pronounce", "rate"})
MIN_CALLED = 3  # words of what is called and what it is called
_WISHES = frozenset({"want", "wish", "expect", "like", "prefer", "hope", "need"})


def _wishes_of_others(draft: Draft, content: Offsets, name: str) -> bool:
    """ "wants the board to resign": what another is to do, an infinitive with a subject of its own (decision 4)."""
    tokens = draft.tokens(content)
    if name not in _WISHES or tokens[0].tag_ == "TO":
        return False
    verbs = (t.head for t in tokens if t.tag_ == "TO" and t.dep_ == "aux")
    return any(
        verb.dep_ in {"ccomp", "xcomp"} or any(child.dep_ in cues.SUBJECTS for child in verb.lefts) for verb in verbs
    )


# Who finds something out by looking into it, and says so: "researchers have found".
_FINDERS = frozenset(
    {"researcher", "scientist", "investigator", "inquiry", "auditor", "inspector", "watchdog", "team", "panel"}
)


def _is_finding(draft: Draft, attribution: DraftAttribution, name: str) -> bool:
    """ "The study found those who walk sleep longer": a finite verb, though the parser sees no clause."""
    if name not in {"find", "feel"} or attribution.mention is None or attribution.cue is None:
        return False
    head = draft.head(attribution.mention).lemma_.lower()
    content = attribution.contents[0]
    finite = [t for t in draft.tokens(content) if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
    if name == "feel":  # "felt the card in the second half was harsh"
        return any(t.dep_ == "ccomp" and t.head == draft.head(attribution.cue) for t in finite)
    return bool(finite) and (head in _FINDERS or lexicon.noun_type(head) == "document")


_WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)
_WEIGHING = frozenset(
    {
        "debate",
        "discuss",
        "consider",
        "decide",
        "examine",
        "investigate",
        "review",
        "study",
        "monitor",
        "consult",
        "weigh",
    }
)


def _tells_by_being(draft: Draft, mention: Offsets, name: str, *, clause: bool) -> bool:
    """ "They showed no symptoms", "The presence of the men suggested that ...": the article draws the conclusion."""
    shows = name in lexicon.words("document_cues")
    sign = (shows or name in {"suggest", "indicate"}) and draft.head(mention).lemma_.lower() in _SIGNS
    return sign or (shows and not clause and _is_people(draft, mention))


def _is_people(draft: Draft, mention: Offsets) -> bool:
    """Whether a mention is of unnamed people: "the other 28 people"."""
    head = draft.head(mention)
    return lexicon.noun_type(head.lemma_.lower()) == "person" or head.lower_ == "people"


def _has_infinitive(draft: Draft, content: Offsets) -> bool:
    return any(token.lower_ == "to" and token.tag_ == "TO" for token in draft.tokens(content))


# What tells something without saying it.
_SIGNS = frozenset(
    {"presence", "absence", "lack", "size", "scale", "tone", "silence", "timing", "speed", "move", "success", "failure"}
    | {"popularity", "reaction", "behaviour", "behavior", "choice", "history", "fact", "appearance", "number", "way"}
    | {"that", "this"}
)


_SPEECH = re.compile(r"[“«\"](?=[A-Z])[^“”«»\"]{8,}[.!?…][”»\"]")


def reports_deed(draft: Draft, attribution: DraftAttribution) -> bool:
    """Whether the article itself reports what somebody wants, does or decides, rather than what they say.

    "The US agreed not to limit the army" is the article's own claim; "The US agreed that ..." is the US's.
    """
    name = cues.lemma(draft, attribution.cue)
    if attribution.cue is None or name == "according to" or draft.words(attribution.cue) == ":":
        return False
    if all(_SPEECH.fullmatch(draft.words(span)) for span in attribution.contents):
        return False  # "Mayor Moor was furious. “They lied to us.”": whole sentences in quotation marks are speech
    if any(cues.is_quoted(draft.words(span)) for span in attribution.contents):
        return name not in lexicon.table("cues") and name in lexicon.words("attitudes")
    if draft.words(attribution.contents[0]).lower().startswith("to ") and name in lexicon.words("attitudes"):
        return True
    if name in _WEIGHING and any(_WHETHER.search(draft.words(span)) for span in attribution.contents):
        return True  # "Lawmakers are debating whether a mission is feasible"
    clause = cues.has_clause(draft, attribution.contents) or _is_finding(draft, attribution, name)
    if attribution.mention is not None and _tells_by_being(draft, attribution.mention, name, clause=clause):
        return True
    nobody = attribution.mention is None or draft.words(attribution.mention).lower() == "it"
    if nobody and {t.pos_ for t in draft.tokens(attribution.cue)} <= {"AUX", "ADJ", "ADV", "PART"}:
        return True  # "It was unclear how the state would do it"
    if attribution.mention is None and not clause:
        # "No deaths were reported" is the article's; "a bomb was reported to have killed two" is somebody's.
        infinitive = any(draft.words(span).lower().startswith("to ") for span in attribution.contents)
        return not infinitive or name not in lexicon.table("cues")
    if _hangs_on_noun(draft, attribution, name, clause=clause):
        return True
    if not clause and not _has_infinitive(draft, attribution.contents[0]) and _names_act(draft, attribution, name):
        return True
    known = name in lexicon.table("cues")
    if known and name not in lexicon.words("attitudes") and not _is_infinitive(draft, attribution.cue):
        return False
    author = draft.words(attribution.mention).lower() in {"i", "we"}
    return not clause and (author or not _wishes_of_others(draft, attribution.contents[0], name))


def _hangs_on_noun(draft: Draft, attribution: DraftAttribution, name: str, *, clause: bool) -> bool:
    """Whether a cue only says which thing is meant: "the plan proposed by the ministry", "despite pledges to act"."""
    assert attribution.cue is not None
    verb = draft.head(attribution.cue)
    if verb.pos_ == "NOUN" and verb.dep_ == "pobj":
        return draft.words(attribution.contents[0]).startswith("to ")
    if verb.dep_ != "acl" or clause:
        return False
    if verb.tag_ == "VBG":
        return name in lexicon.words("act_cues")  # "resolutions declaring settlements to be illegal"
    return verb.tag_ == "VBN" and _next_word(draft, attribution.cue) != "as"
