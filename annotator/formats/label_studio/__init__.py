"""Label Studio: the labelling configuration, and each record as a task with one prediction to correct.

Offsets are those of the record: `<Text>` counts Unicode code points, with an exclusive end. The server checks next to
nothing of what it is given, so what would break its editor is ruled out here: ids are strings and unique, a pair of
regions has one relation, and a model version is always given.
"""

from annotator.formats.label_studio.configuration import (
    ANONYMOUS,
    ARTICLE_NOTE,
    ARTICLE_STATUS,
    ATTRIBUTED_TO,
    CHAIN,
    CITED_BY,
    CLAIM,
    CLAIM_CONTROLS,
    CLAIM_NORMALIZED,
    COLOURS,
    CONTINUES,
    CUE,
    CUE_OF,
    DOUBTED,
    HEDGED,
    NOTE,
    RELATIONS,
    SAME_SOURCE,
    SOURCE,
    SOURCE_CONTROLS,
    SOURCE_NAME,
    SPAN,
    TEXT,
    Control,
    Relation,
    config,
)
from annotator.formats.label_studio.predictions import model_version, prediction, version_of
from annotator.formats.label_studio.tasks import RECORDS, TO_REVIEW, kept_in, kept_records, task, write_into
from annotator.text import without_surrogates as sendable

__all__ = [
    "ANONYMOUS",
    "ARTICLE_NOTE",
    "ARTICLE_STATUS",
    "ATTRIBUTED_TO",
    "CHAIN",
    "CITED_BY",
    "CLAIM",
    "CLAIM_CONTROLS",
    "CLAIM_NORMALIZED",
    "COLOURS",
    "CONTINUES",
    "CUE",
    "CUE_OF",
    "DOUBTED",
    "HEDGED",
    "NOTE",
    "RECORDS",
    "RELATIONS",
    "SAME_SOURCE",
    "SOURCE",
    "SOURCE_CONTROLS",
    "SOURCE_NAME",
    "SPAN",
    "TEXT",
    "TO_REVIEW",
    "Control",
    "Relation",
    "config",
    "kept_in",
    "kept_records",
    "model_version",
    "prediction",
    "sendable",
    "task",
    "version_of",
    "write_into",
]
