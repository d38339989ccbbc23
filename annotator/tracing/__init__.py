"""Across articles: one identity a source, the same claim wherever it is told, and whether somebody said it."""

from annotator.tracing.checking import Finding, check
from annotator.tracing.quotations import Change, Match, Verdict, compare

__all__ = ["Change", "Finding", "Match", "Verdict", "check", "compare"]
