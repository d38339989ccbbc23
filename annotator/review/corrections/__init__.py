"""From a corrected page back to a record."""

from annotator.review.corrections.correcting import corrected, note_of

__all__ = ["corrected", "note_of"]
