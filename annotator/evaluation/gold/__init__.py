"""Gold corpora, read into light immutable structures; their forms are told apart by content, never by name.

- claim gold (`"format": "claim-attribution-gold/1"`), whose text lies beside it in the `.txt` of the same name;
- resolved sources of PolNeAR articles, whose texts stand in `polnear_dev.jsonl.gz` or `polnear_train.jsonl.gz`;
- PolNeAR attributions, one article a line, gzipped or not;
- GUM news attributions, one article a line.
"""

from annotator.evaluation.gold.articles import GoldArticle, GoldSet, Parts, fold_of
from annotator.evaluation.gold.files import read_gold

__all__ = ["GoldArticle", "GoldSet", "Parts", "fold_of", "read_gold"]
