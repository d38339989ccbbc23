"""How good it is: gold, measures on it, and reports of what was right, wrong, won and lost."""

from annotator.evaluation.gold import fold_of, read_gold
from annotator.evaluation.measuring import Annotate, evaluate, measure
from annotator.evaluation.oracle import oracle_of
from annotator.evaluation.reports.report import Report, may_be_written

__all__ = ["Annotate", "Report", "evaluate", "fold_of", "may_be_written", "measure", "oracle_of", "read_gold"]
