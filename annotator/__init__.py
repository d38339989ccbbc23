"""Who really said this, and how did it reach us? Claims, sources and attribution chains of news articles.

>>> import annotator
>>> record = annotator.annotate("It rained, Axios reported.", publisher="Babel")
>>> record.claims[0].source_display
'Axios'
"""

from typing import TYPE_CHECKING, Any

from annotator import quiet

quiet.switch_off()  # before anything imports onnxruntime

if TYPE_CHECKING:
    from annotator.api import Records, annotate, annotate_all, iter_annotate
    from annotator.pipeline import Annotator
    from annotator.reading import read
    from annotator.records import AnnotatedArticle, Article, Attribution, Claim, Link, NonClaim, Section, Source, Span

    __version__: str

__all__ = [
    "AnnotatedArticle",
    "Annotator",
    "Article",
    "Attribution",
    "Claim",
    "Link",
    "NonClaim",
    "Records",
    "Section",
    "Source",
    "Span",
    "__version__",
    "annotate",
    "annotate_all",
    "iter_annotate",
    "read",
]

# spaCy and the model take seconds to import, pydantic a part of one; whoever asks for --help should not wait for them.
_LAZY = {
    "Annotator": "annotator.pipeline",
    **dict.fromkeys(("Records", "annotate", "annotate_all", "iter_annotate"), "annotator.api"),
    "read": "annotator.reading",
    **dict.fromkeys(
        ("AnnotatedArticle", "Article", "Attribution", "Claim", "Link", "NonClaim", "Section", "Source", "Span"),
        "annotator.records",
    ),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("attribution-annotator")
    elif name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(_LAZY[name]), name)
    else:
        raise AttributeError(f"module 'annotator' has no attribute {name!r}")
    globals()[name] = value
    return value
