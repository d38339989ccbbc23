"""Attribution measures of the extractor alone, before frames and claims: what the model card reports.

python benchmarks/extractor.py polnear_dev.jsonl.gz [MODEL_FOLDER]
"""

import sys
from pathlib import Path

from rich.console import Console

from annotator.evaluation import evaluate
from annotator.extraction.extractor import Extractor, Offsets
from annotator.extraction.pieces import lines_of
from annotator.labels import Affiliation, SourceType
from annotator.pipeline import MODEL_FOLDER
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Article, Attribution, Source, Span, Tool
from annotator.text import fold


def main() -> None:
    extractor = Extractor(Path(sys.argv[2]) if len(sys.argv) > 2 else MODEL_FOLDER)
    voice = Source(
        source_id=ARTICLE_SOURCE,
        name="article",
        type=SourceType.ARTICLE,
        affiliation=Affiliation.MEDIA,
        anonymous=False,
    )
    tool = Tool(name="extractor", version="", model=extractor.folder.name, lexicon="")

    def extracted(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
        def span(offsets: Offsets) -> Span:
            return Span(start=offsets[0], end=offsets[1], text=text[slice(*offsets)])

        sure = [item for item in extractor.extract(text, lines_of(fold(text))) if not item.doubtful]
        found = [
            Attribution(
                attribution_id=f"a{n}",
                cue=span(item.cue) if item.cue else None,
                source_mention=span(item.source) if item.source else None,
                contents=tuple(span(part) for part in item.contents),
                source_id=ARTICLE_SOURCE,
                confidence=item.confidence,
                source_confidence=item.source_confidence,
            )
            for n, item in enumerate(sure)
        ]
        article = Article(article_id="article", text=text)
        return AnnotatedArticle(article=article, attributions=tuple(found), sources=(voice,), tool=tool)

    Console(width=120).print(evaluate([Path(sys.argv[1])], extracted).table())


if __name__ == "__main__":
    main()
