"""Formats of others: what is annotated, for the tools and standards of the web, of libraries and of annotation.

`docs/standards.md` says what each of them holds, and what it cannot.
"""
