"""Chains: how each claim reached the reader, origin first, publisher last.

"This was reported by Axios, citing officials who spoke on condition of anonymity." opens a scope: Axios passes on
the anonymous and relayed claims that follow, until a heading, another outlet or a named speaker outside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.draft import Draft, DraftAttribution, DraftClaim, DraftLink, DraftSource
from annotator.labels import AttributionMode, LinkBasis, LinkRole, SectionKind, SourceType
from annotator.language import cues
from annotator.language.syntax import sentence_of
from annotator.records import ARTICLE_SOURCE

CONTINUED = 0.6  # share of such sentences on the development gold that do go on
_GOES_ON = re.compile(r"[.!?][”\"’']?\s+(?:But|And|Yet|Also|Moreover|Furthermore|In addition|Nor)\b,?\s*$")
_OCCASION = re.compile(
    r"\b(?:(?:press|news) conference|briefing|statement|interview|[Ll]ater|[Ee]arlier|[Ss]eparately|"
    r"separate|another|previously|told reporters)\b"
)
# "in the same interview" is no other occasion.
_SAME = re.compile(
    r"\b(?:in|on|during) (?:(?:the|that|this) same|the|that|this) (?:\w+ )?"
    r"(?:interview|conversation|programme|program|podcast|broadcast|show|phone call)\b"
)
_GOING_ON = frozenset({"add", "continue", "go"})  # lemmas of cues
_WRITING = frozenset({"write", "post", "read", "tweet"})
_PUBLIC = frozenset({"wrote", "posted", "tweeted", "told reporters", "statement", "press conference", "interview"})


@dataclass
class Scope:
    """The outlet whose report goes on, the group it spoke to, and how far it reaches (half open)."""

    reporter: DraftSource
    group: DraftSource | None
    start: int
    end: int


def follow(draft: Draft) -> None:
    """Give every claim its chain, and the members of a scope the terms of anonymity of its group."""
    publisher = next(source for source in draft.sources if source.source_id == ARTICLE_SOURCE)
    _continue(draft)
    scopes = _scopes(draft)
    gone_on = dict(_going_on(draft))
    for claim in draft.claims:
        claim.chain = [*_said_by(claim), *gone_on.get(claim.start, []), *_inherited(draft, claim, scopes)]
        claim.chain.append(DraftLink(LinkRole.PUBLISHER, None, None, LinkBasis.DOCUMENT, publisher))
        claim.chain = _without_repeats(claim.chain)


def _continue(draft: Draft) -> None:
    """ "But Russia is ready to be flexible", after what a source told another outlet: the same source goes on.

    Only a sentence that begins with a conjunction, in the same paragraph, after a relayed or anonymous claim.
    """
    for before, claim in zip(draft.claims, draft.claims[1:], strict=False):
        item = before.attribution
        if claim.attribution is not None or item is None or item.source is None or item.cue is None:
            continue
        if draft.line_at(before.start) != draft.line_at(claim.start):
            continue
        between = draft.text[before.spans[-1][1] : claim.start]
        relayed = item.source.anonymous and item.source.type is not SourceType.UNSPECIFIED
        if _GOES_ON.search(between) and (relayed or any(x.role is LinkRole.REPORTER for x in item.reporters)):
            reporters = [DraftLink(x.role, None, None, LinkBasis.INHERITED, x.source) for x in item.reporters]
            claim.attribution = DraftAttribution(
                None,
                None,
                claim.spans,
                round(item.confidence * CONTINUED, 4),
                AttributionMode.CONTINUATION,
                reporters,
                source=item.source,
            )
            draft.attributions.append(claim.attribution)


def _said_by(claim: DraftClaim) -> list[DraftLink]:
    item = claim.attribution
    if item is None or item.source is None:
        return []
    reporters = [link for link in item.reporters if link.source is not None]
    if claim.mode is not AttributionMode.CONTINUATION:
        return [DraftLink(LinkRole.ORIGIN, item.mention, item.cue, LinkBasis.EXPLICIT, item.source), *reporters]
    links = [(LinkRole.ORIGIN, item.source), *((link.role, link.source) for link in reporters)]
    return [DraftLink(role, None, None, LinkBasis.INHERITED, source) for role, source in links]


def _going_on(draft: Draft) -> Iterator[tuple[int, list[DraftLink]]]:
    """By their places, the claims that come by the way of the one before them: "told Kanal 9. She added that ...".

    The same speaker goes on there, until somebody else speaks, the article does, or another occasion is named.
    """
    way: list[DraftLink] = []
    source: DraftSource | None = None
    for before, claim in zip([None, *draft.claims], draft.claims, strict=False):
        item = claim.attribution
        if item is None or item.source is None or item.mode is AttributionMode.POSTPONED:
            way = []
        elif item.reporters:
            way, source = [link for link in item.reporters if link.source is not None], item.source
        elif way and before is not None and item.source is source and not _is_elsewhere(draft, before, claim):
            together = sentence_of(draft, before.start) == sentence_of(draft, claim.start)
            back = _SAME.search(draft.text, *_frame(draft, before, claim)) is not None
            way = [link for link in way if together or back or _goes_by(draft, link, item)]
            yield claim.start, [DraftLink(x.role, None, None, LinkBasis.INHERITED, x.source) for x in way]
        else:
            way = []


def _goes_by(draft: Draft, link: DraftLink, item: DraftAttribution) -> bool:
    """Whether more of the same speaker plainly comes by an outlet, or stands in a post or document.

    Who is named anew may speak elsewhere, but where they are quoted; and what is not written may be said elsewhere.
    """
    if item.cue is None:
        return True
    lemma = cues.lemma(draft, item.cue)
    if link.role is LinkRole.VEHICLE:
        return lemma in _WRITING
    if lemma in _GOING_ON or lemma == "tell":
        return lemma != "tell"  # whoever is told that
    named = item.mention is not None and draft.tokens(item.mention)[0].pos_ == "PROPN"
    return not named or any(cues.is_quoted(draft.words(content)) for content in item.contents)


def _is_elsewhere(draft: Draft, before: DraftClaim, claim: DraftClaim) -> bool:
    """Whether a claim's sentence names another occasion than the claim before it, or a heading stands between them."""
    if any(s.kind is SectionKind.SUBHEADING and before.start < s.start < claim.start for s in draft.sections):
        return True
    item = claim.attribution
    if item is None or item.cue is None:
        return False
    return _OCCASION.search(_SAME.sub("", draft.text[slice(*_frame(draft, before, claim))])) is not None


def _frame(draft: Draft, before: DraftClaim, claim: DraftClaim) -> tuple[int, int]:
    """The sentence in which a claim is handed to its source, as far as it stands behind the claim before it."""
    start, end = sentence_of(
        draft, claim.attribution.cue[0] if claim.attribution and claim.attribution.cue else claim.start
    )
    return max(start, before.spans[-1][1]), end


def _without_repeats(chain: list[DraftLink]) -> list[DraftLink]:
    """A source stands once; the publisher only at the end."""
    publisher = chain[-1]
    kept: list[DraftLink] = []
    for link in chain[:-1]:
        if link.source is not publisher.source and all(link.source is not other.source for other in kept):
            kept.append(link)
    return [*kept, publisher]


def _scopes(draft: Draft) -> list[Scope]:
    """Scopes that whole sentences open; "NBC, citing a source, reported that ..." opens none but its paragraph."""
    headings = [s.start for s in draft.sections if s.kind is SectionKind.SUBHEADING]
    scopes: list[Scope] = []
    for item in draft.attributions:
        reporter = next((link.source for link in item.reporters if link.role is LinkRole.REPORTER), None)
        if item.mode is AttributionMode.POSTPONED and item.settled is not None:
            reporter = reporter or (item.source if item.source and item.source.type is SourceType.MEDIA else None)
            start = item.settled[1]
        elif item.opens_scope and item.cue is not None:
            start = item.cue[0]
        else:
            continue
        if reporter is None or reporter.source_id == ARTICLE_SOURCE:
            continue
        end = min((place for place in headings if place > start), default=len(draft.text))
        if item.settled is None and not _is_lead(draft, item.start):
            end = min(end, draft.line_at(start)[1])
        group = item.source if item.source is not reporter and item.source and item.source.anonymous else None
        for scope in scopes:
            scope.end = min(scope.end, start) if scope.reporter is not reporter else scope.end
        scopes.append(Scope(reporter, group, start, end))
    return [_until_other_outlet(draft, scope) for scope in scopes]


def _is_lead(draft: Draft, place: int) -> bool:
    """Whether a place lies in the first two paragraphs of the body: there an outlet's report is the story."""
    bodies = [section for section in draft.sections if section.kind is SectionKind.BODY]
    return any(section.start <= place < section.end for section in bodies[:2])


def _until_other_outlet(draft: Draft, scope: Scope) -> Scope:
    for claim in draft.claims:
        item = claim.attribution
        if item is None or not scope.start <= claim.start < scope.end:
            continue
        named = [item.source, *(link.source for link in item.reporters)]
        others = [s for s in named if s and s.type is SourceType.MEDIA and s is not scope.reporter]
        if others or _on_record_outside(draft, claim, scope):
            scope.end = claim.start
    return scope


def _on_record_outside(draft: Draft, claim: DraftClaim, scope: Scope) -> bool:
    """A named speaker ends the scope where no anonymous claim of the scope follows in this or the next paragraph."""
    item = claim.attribution
    if item is None or item.source is None or item.source.anonymous:
        return False
    sentence = draft.text[slice(*draft.line_at(item.cue[0] if item.cue else claim.start))].lower()
    if item.reporters or any(word in sentence for word in _PUBLIC):
        return True
    later = [other for other in draft.claims if claim.start < other.start < scope.end and other.attribution]
    return not any(
        other.attribution and other.attribution.source and other.attribution.source.anonymous for other in later
    )


def _inherited(draft: Draft, claim: DraftClaim, scopes: list[Scope]) -> list[DraftLink]:
    item = claim.attribution
    if item is None or item.source is None or item.mode is AttributionMode.POSTPONED:
        return []
    if any(link.role is LinkRole.REPORTER for link in item.reporters) or item.source.type is SourceType.MEDIA:
        return []
    for scope in scopes:
        if scope.start <= claim.start < scope.end and item.source is not scope.reporter:
            if item.source.anonymous and scope.group is not None and scope.group.reason and not item.source.reason:
                item.source.reason, item.source.inherited = scope.group.reason, True
            return [DraftLink(LinkRole.REPORTER, None, None, LinkBasis.INHERITED, scope.reporter)]
    return []
