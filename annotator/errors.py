"""Every error that the annotator raises.

AnnotatorError
├── InputError        what was given cannot be read as an article
│   ├── EncodingError     its bytes are no text
│   └── ColumnError       a table or JSON line lacks a field
├── LexiconError      a word list of the user's does not fit ours
├── RecordError       a record breaks its own contract
├── OutputError       a result cannot be written
├── RunError          a run cannot begin or go on
├── ModelError        the spaCy pipeline or the extractor cannot be loaded
├── StudioError       Label Studio cannot be reached or does not do what was asked
├── WorklistError     a file is no worklist, or cannot be used
│   ├── UnknownArticleError   no such article is in it
│   ├── ChangeError           a change does not fit the article
│   └── ConflictError         somebody else changed the article meanwhile
├── ServeError        `annotator serve` cannot have the address that it should answer at
└── MissingExtraError packages of an extra are not installed
"""


class AnnotatorError(Exception):
    """Base of all errors; its message names the file, the row and the way out."""


class InputError(AnnotatorError):
    """What was given cannot be read as an article."""


class EncodingError(InputError):
    """The bytes are no text in any known encoding."""


class ColumnError(InputError):
    """A table or a JSON line lacks the field that holds the text."""


class InputWarning(UserWarning):
    """Something of an input was guessed, mended or left aside; the article was read all the same."""


class LexiconError(AnnotatorError):
    """A word list of the user's is none of ours, or one of its lines does not fit."""


class RecordError(AnnotatorError):
    """A record breaks its own contract: a span, an id or a vocabulary."""


class OutputError(AnnotatorError):
    """A result cannot be written."""


class RunError(AnnotatorError):
    """A run cannot begin or go on: its inputs, versions or settings changed, or another run is at work there."""


class ModelError(AnnotatorError):
    """The spaCy pipeline or the extractor cannot be loaded."""


class StudioError(AnnotatorError):
    """Label Studio cannot be reached or does not do what was asked."""


class WorklistError(AnnotatorError):
    """A file is no worklist, or cannot be used."""


class UnknownArticleError(WorklistError):
    """No article of that id is in the worklist."""


class ChangeError(WorklistError):
    """A change does not fit the article as it stands: a claim or a source that it has not, a place that is none."""


class ConflictError(WorklistError):
    """Somebody else changed the article meanwhile; nothing was written, and the message says who and what.

    `version` is the article's version now.
    """

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version

    def __reduce__(self) -> tuple[type, tuple[str, int]]:
        return type(self), (str(self), self.version)


class ServeError(AnnotatorError):
    """`annotator serve` cannot have the address that it should answer at."""


class MissingExtraError(AnnotatorError):
    """Packages of an extra are not installed; the message says how to install it, in the words of the README."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the extra {extra}: pip install '.[{extra}]' where the annotator's source lies, "
            f"or pip install 'attribution-annotator[{extra}]'"
        )
        self._made_of = what, extra

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        """Built anew from what it was made of, when it travels from a process to another."""
        return type(self), self._made_of
