"""The closed vocabularies of the codebook; every value carries its sentence of meaning.

The same words stand in the JSON, in the CSV, in Label Studio and in the report. A value is a `str`:

>>> QuoteType.MIXED == "mixed", QuoteType.MIXED.meaning
(True, "a paraphrase with the source's own quoted words")
"""

from enum import StrEnum


class Label(StrEnum):
    """A vocabulary whose values have a `meaning`."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> "Label":
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class SectionKind(Label):
    HEADLINE = "headline", "the title of the article"
    STANDFIRST = "standfirst", "the summary below the headline"
    BYLINE = "byline", "who wrote it"
    DATELINE = "dateline", "where and when it was written"
    BODY = "body", "running text"
    SUBHEADING = "subheading", "a heading inside the text"
    CAPTION = "caption", "the words below a picture"
    BOILERPLATE = "boilerplate", "section label, credit, call to action and other text that is no journalism"


class QuoteType(Label):
    DIRECT = "direct", "all content is quoted"
    MIXED = "mixed", "a paraphrase with the source's own quoted words"
    INDIRECT = "indirect", "a paraphrase"
    NONE = "none", "the article's own voice"


class Kind(Label):
    STATEMENT = "statement", "presented as fact"
    OPINION = "opinion", "an evaluation, an impression or a motive"
    PREDICTION = "prediction", "a future event that is not the speaker's to decide"
    COMMITMENT = "commitment", "a promise, a refusal or an intention"
    DEMAND = "demand", "what another should do"
    DENIAL = "denial", "rejects a proposition: the content is the proposition, its polarity negative"
    DECISION = "decision", "a ruling, an order or a law"


class Polarity(Label):
    POSITIVE = "positive", "the source holds the content to be so"
    NEGATIVE = "negative", "the source holds the content not to be so"


class AttributionMode(Label):
    EXPLICIT = "explicit", "cue and source stand in the sentence"
    ANAPHORIC = "anaphoric", "the mention has to be resolved"
    POSTPONED = "postponed", "the attribution stands in another sentence"
    CONTINUATION = "continuation", "the same source goes on without a cue"
    IMPLIED = "implied", "quotation marks alone"
    UNATTRIBUTED = "unattributed", "the article's own voice"


class Stance(Label):
    NEUTRAL = "neutral", "said, according to, reported, wrote"
    DISTANCING = "distancing", "claims, alleged, insisted, reportedly, scare quotes"
    ENDORSING = "endorsing", "showed, confirmed, revealed, acknowledged, noted"
    DENYING = "denying", "dismissed, rejected as"


class OnRecord(Label):
    ON_RECORD = "on_record", "a named speaker, quoted openly"
    PUBLISHED = "published", "wrote, posted, aired, filed"
    CONDITION_OF_ANONYMITY = "condition_of_anonymity", "stated in the text, or inherited from the group"
    BACKGROUND = "background", "the text says that the words were given on background"
    UNNAMED_NO_TERMS = "unnamed_no_terms", "the source has no name and the text gives no terms"
    RELAYED = "relayed", "a named speaker whose words others pass on"
    NOT_APPLICABLE = "not_applicable", "the article's own voice"


class Flag(Label):
    BARE_SOURCE = "bare_source", '"a source" and nothing more'
    NO_REASON = "no_reason", "anonymous, and no reason is given"
    ROTE_REASON = "rote_reason", 'the reason is a formula such as "not authorized to speak"'
    SINGLE_ANONYMOUS = "single_anonymous", "one anonymous person is the only origin"
    ANONYMOUS_OPINION = "anonymous_opinion", "an opinion from an anonymous source"
    PLURAL_WITHOUT_COUNT = "plural_without_count", "several anonymous people, nobody says how many"
    SECONDHAND = "secondhand", "a chain of three links or more"
    POSTPONED = "postponed", "the attribution stands in another sentence"
    RELAYED = "relayed", "a named speaker whose words others pass on"
    UNVERIFIED = "unverified", 'the text says that it "could not be verified"'


class SourceType(Label):
    PERSON = "person", "one person, named or not"
    GROUP = "group", "several people"
    ORGANIZATION = "organization", "a body or an office acting as such"
    STATE = "state", "a country or a capital that stands for its government"
    MEDIA = "media", "a news outlet"
    DOCUMENT = "document", "a report, a study, a poll, a court filing or a law"
    SOCIAL_POST = "social_post", "a post on a platform"
    UNSPECIFIED = "unspecified", 'a cue with no source ("it is understood", "reportedly")'
    ARTICLE = "article", "the article's own voice"


class Affiliation(Label):
    GOVERNMENT = "government", "executive office, also former"
    POLITICS = "politics", "legislators, candidates, campaigns and parties"
    MILITARY = "military", "armed forces"
    LAW_ENFORCEMENT = "law_enforcement", "police and investigators"
    JUDICIARY = "judiciary", "courts, prosecutors and lawyers"
    CORPORATE = "corporate", "companies"
    NGO_IGO = "ngo_igo", "non-governmental and intergovernmental bodies"
    ACADEMIC = "academic", "universities and research"
    MEDIA = "media", "news outlets and journalists"
    SPORT = "sport", "clubs, athletes and associations"
    PUBLIC = "public", "private persons, voters and witnesses"
    UNKNOWN = "unknown", "the text does not say"


class LinkRole(Label):
    ORIGIN = "origin", "who said it first"
    REPORTER = "reporter", "who passed it on"
    VEHICLE = "vehicle", "the document or platform that it came in"
    PUBLISHER = "publisher", "who published this article"


class LinkBasis(Label):
    EXPLICIT = "explicit", "stated in this claim's own attribution"
    INHERITED = "inherited", "from a scope set earlier in the article"
    DOCUMENT = "document", "the article's publisher"


class Resolution(Label):
    RESOLVED = "resolved", "the mention belongs to one source"
    AMBIGUOUS = "ambiguous", "several sources fit equally well; they are listed as candidates"
    UNRESOLVED = "unresolved", "the article does not say who is meant"


class NonClaimReason(Label):
    BOILERPLATE = "boilerplate", "section label, field label, footer"
    BYLINE = "byline", "who wrote it"
    DATELINE = "dateline", "where and when it was written"
    CREDIT = "photo credit", "who made the picture"
    CALL_TO_ACTION = "call to action", "asks the reader to follow, subscribe or read on"
    HEADING = "section heading", "a heading inside the text"
    ATTRIBUTION_STATEMENT = "attribution statement", '"This was reported by Axios"'
    SOURCE_DESCRIPTION = "source description", '"who was part of the delegation"'
    ANONYMITY_TERMS = "anonymity terms", '"who spoke on condition of anonymity"'
    NO_COMMENT = "no comment", '"declined to comment"'
    CIRCUMSTANCE = "circumstance of the statement", "when, where and to whom it was said"
    CONNECTIVE = "connective", '"But", "At the same time"'
    QUESTION = "question", "asks, and claims nothing"
    FRAGMENT = "fragment", "words that belong to no claim"


class ReviewReason(Label):  # a claim has all that hold, in this order
    SOURCE_AMBIGUOUS = "source_ambiguous", "several sources fit equally well"
    SOURCE_UNRESOLVED = "source_unresolved", "the article does not say who is meant"
    SOURCE_UNCERTAIN = "source_uncertain", "the source may be another one, or have a fuller name"
    LOW_CONFIDENCE = "low_confidence", "the annotator is not sure of the attribution"
    OWN_VOICE_DOUBTFUL = "own_voice_doubtful", "the article's own voice, or an attribution that was not found"
    FORM_UNREAD = "form_unread", "the text has a form that was not understood: turns, verse, a table, capitals"


class ReviewStatus(Label):
    ACCEPTED = "accepted", "a reviewer left it as the machine had it"
    CORRECTED = "corrected", "a reviewer changed it, its source or its chain"
    ADDED = "added", "a reviewer found it, the machine had not"
    REJECTED = "rejected", "a reviewer deleted it"


class ArticleStatus(Label):
    COMPLETE = "complete", "every claim of the article was looked at"
    NEEDS_SECOND_LOOK = "needs_second_look", "somebody else should look at it"
    NOT_AN_ARTICLE = "not_an_article", "the text is no news article"


class VerdictRating(Label):  # the steps that most ratings of fact-checkers can be laid on
    TRUE = "true", "what is claimed is so, and nothing that matters is left out"
    MOSTLY_TRUE = "mostly_true", "the core is so; a detail is wrong, or something that matters little is left out"
    MIXED = "mixed", "parts of it are so, and parts are not"
    MISLEADING = "misleading", "its words may hold, and what they make one believe does not"
    FALSE = "false", "what is claimed is not so"
    UNPROVEN = "unproven", "the evidence that there is decides it neither way"
    OPINION = "opinion", "a judgement or a forecast that facts cannot decide"


VOCABULARIES: dict[str, type[Label]] = {
    "section": SectionKind,
    "quote_type": QuoteType,
    "kind": Kind,
    "polarity": Polarity,
    "attribution": AttributionMode,
    "stance": Stance,
    "on_record": OnRecord,
    "flag": Flag,
    "source_type": SourceType,
    "affiliation": Affiliation,
    "link_role": LinkRole,
    "link_basis": LinkBasis,
    "resolution": Resolution,
    "non_claim_reason": NonClaimReason,
    "review_reason": ReviewReason,
    "review_status": ReviewStatus,
    "article_status": ArticleStatus,
    "verdict": VerdictRating,
}
