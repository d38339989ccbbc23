"""How good it is: gold, measures on it, and reports of what was right, wrong, won and lost."""

from annotator.evaluation.gold import read_gold
from annotator.evaluation.measuring import Annotate, evaluate
from annotator.evaluation.oracle import oracle_of
from annotator.evaluation.reports.report import Report, may_be_written

__all__ = ["Annotate", "Report", "evaluate", "may_be_written", "oracle_of", "read_gold"]
