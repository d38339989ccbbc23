"""The articles of everything a user can name, with unique ids.

The text is kept as it was stored: decoded, and otherwise untouched, line ends included.
"""

import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from annotator.errors import InputError, InputWarning
from annotator.reading.address import OFFLINE, is_address, outcomes_at
from annotator.reading.files import files_at
from annotator.reading.input import DEFAULT_FIELDS, PUBLISHER_FROM, Fields, Input, PageReader, checked, said_of
from annotator.reading.kinds import read_file, read_unnamed
from annotator.reading.outcomes import Failure, Outcome, Passed, Unread, Warned, failure_of, guarded
from annotator.reading.packed import whole
from annotator.records import Article
from annotator.text import scrub

STDIN = "-"


def read(
    inputs: Iterable[str | Path] | str | Path,
    *,
    fields: Fields = DEFAULT_FIELDS,
    given: Mapping[str, str | None] = {},
    on_failure: Callable[[Failure], None] | None = None,
    on_warning: Callable[[Warned], None] | None = None,
    follow_links: bool = False,
    online: bool = False,
) -> Iterator[Article]:
    """Articles of files, folders, patterns (`news/*.txt`) and standard input (`-`), in that order, with unique ids.

    An address (`https://...`) is fetched only where asked (`online`): one request, bounded, to public machines.

    Links out of a folder are not followed unless asked (`follow_links`), and are among what cannot be read.

    `given` (title, publisher, byline, url, published, language, section, agency) wins over what the input says;
    with `publisher_from="folder"` among it the outlet of a file is called as the file's folder is. What cannot be read
    goes to `on_failure`, and reading goes on; without it the error is raised: `InputError`, `EncodingError`,
    `ColumnError`, or `MissingExtraError` for Parquet without pyarrow. Pages of a web archive that hold no article are
    passed over. What was guessed or left aside goes to `on_warning`; without it, it is an `InputWarning` of Python's.
    """
    said = checked(given)
    names = _UniqueNames()
    for entry in [inputs] if isinstance(inputs, str | Path) else inputs:
        for outcome in _outcomes(entry, fields, said, follow_links, online):
            if isinstance(outcome, Article):
                yield names.unique(outcome)
            elif isinstance(outcome, Passed):
                continue
            elif isinstance(outcome, Warned):
                (on_warning or _warn)(outcome)
            elif on_failure is None:
                raise outcome.error
            else:
                on_failure(failure_of(outcome))


def outcomes_of(
    path: Path,
    name: str,
    *,
    where: str,
    fields: Fields = DEFAULT_FIELDS,
    given: Mapping[str, str | None] = {},
    page: PageReader | None = None,
) -> Iterator[Article | Failure | Passed | Warned]:
    """All that one file holds, in its order: articles, failures, and what was passed over; ids may repeat.

    `page` reads web pages instead of `article_from_html`, in another process for instance.
    """
    source = Input(scrub(where), name, fields, said_of(Path(where), checked(given)), page)
    for outcome in guarded(source.where, partial(read_file, path, source), source.notes):
        yield failure_of(outcome) if isinstance(outcome, Unread) else outcome


def _outcomes(
    entry: str | Path, fields: Fields, given: Mapping[str, str], follow_links: bool, online: bool
) -> Iterator[Outcome]:
    no_file = {name: value for name, value in given.items() if name != PUBLISHER_FROM}
    if is_address(entry):
        yield from _at_address(str(entry), fields, no_file, online)
        return
    if str(entry) == STDIN:
        source = Input("standard input", "stdin", fields, no_file)
        data = partial(whole, sys.stdin.buffer, source.where)
        yield from guarded(source.where, lambda: read_unnamed(data(), source), source.notes)
        return
    where = scrub(str(Path(entry)))
    try:
        files = list(files_at(entry, follow_links=follow_links))
    except InputError as error:
        yield Unread(where, error)
        return
    for file in files:
        if isinstance(file, Unread):
            yield file
            continue
        path, name = file
        source = Input(scrub(str(path)), scrub(name), fields, said_of(path, given))
        yield from guarded(source.where, partial(read_file, path, source), source.notes)


def _at_address(address: str, fields: Fields, given: Mapping[str, str], online: bool) -> Iterator[Outcome]:
    where = scrub(address)
    if not online:
        yield Unread(where, InputError(f"{where}: {OFFLINE}"))
        return
    source = Input(where, re.sub(r"^https?://|[?#].*$|/+$", "", where), fields, given)
    yield from guarded(where, lambda: outcomes_at(address, source), source.notes)


def _warn(warned: Warned) -> None:
    warnings.warn(f"{warned.where}: {warned.note}", InputWarning, stacklevel=3)


class _UniqueNames:
    """Gives the second article with an id the id with "-2", the third "-3"."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.last: dict[str, int] = {}

    def unique(self, article: Article) -> Article:
        name, number = article.article_id, self.last.get(article.article_id, 1)
        while name in self.taken:
            number += 1
            name = f"{article.article_id}-{number}"
        self.taken.add(name)
        if number > 1:  # of most ids there is one, and a large table has many
            self.last[article.article_id] = number
        return article if name == article.article_id else article.model_copy(update={"article_id": name})
