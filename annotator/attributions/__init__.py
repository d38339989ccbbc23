"""What says what: cue, source mention and contents, as the extractor found them and as the frames of news add."""

from annotator.attributions.finding import find, given

__all__ = ["find", "given"]
