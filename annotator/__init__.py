"""Who really said this, and how did it reach us? Claims, sources and attribution chains of news articles.

>>> import annotator
>>> record = annotator.annotate("It rained, Axios reported.", publisher="Babel")
>>> record.claims[0].source_display
'Axios'
"""

from typing import TYPE_CHECKING, Any

from annotator import quiet
from annotator.records import AnnotatedArticle, Article, Attribution, Claim, Link, NonClaim, Section, Source, Span

quiet.switch_off()  # before anything imports onnxruntime

if TYPE_CHECKING:
    from annotator.pipeline import Annotator, annotate
    from annotator.reading import read

__all__ = [
    "AnnotatedArticle",
    "Annotator",
    "Article",
    "Attribution",
    "Claim",
    "Link",
    "NonClaim",
    "Section",
    "Source",
    "Span",
    "annotate",
    "read",
]

# spaCy and the model take seconds to import; whoever only reads records should not wait for them.
_LAZY = {"Annotator": "annotator.pipeline", "annotate": "annotator.pipeline", "read": "annotator.reading"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'annotator' has no attribute {name!r}")
