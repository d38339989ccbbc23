"""The report for fact-checkers: one HTML file that needs nothing but a browser, also without scripts and on paper."""

from annotator.formats.html.report import render, write_into

__all__ = ["render", "write_into"]
