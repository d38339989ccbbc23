"""JSON Lines: one record a line, the only format that holds everything and can be read back.

Keys stand in the order of the models, characters are written as they are; reading and writing again gives the same
bytes.
"""

import gzip
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from annotator.errors import InputError, RecordError
from annotator.records import AnnotatedArticle, problems
from annotator.storage import RECORDS, atomic, result_files, settle
from annotator.text import encodable_record

TOGETHER = 2_000  # items of a list that are made JSON at once; ordinary articles have fewer
SHOWN = 3  # problems that one error message names; `check` gives them all

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")  # a lone one may be there, or half of a pair
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def json_text(value: Any) -> str:
    """Compact JSON with every character as it is; only lone surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def dump(records: Iterable[AnnotatedArticle]) -> Iterator[str]:
    """Each record as one line of JSON with its line end.

    Raises `RecordError` where the metadata hold something that JSON cannot.
    """
    for record in records:
        yield "".join(parts(record))


def parts(record: AnnotatedArticle) -> Iterator[str]:
    """The line of a record, with its line end, in parts: a long article's is never there as a whole.

    Raises `RecordError` as `dump` does, before the first part.
    """
    long = [name for name in AnnotatedArticle.model_fields if _is_long(getattr(record, name))]
    if not long:
        yield _line(record)
    else:
        try:
            for _ in _parts(record, long):  # made twice: what cannot be JSON is told before anything is written
                pass
        except PydanticSerializationError:
            record = encodable_record(record)
        yield from _parts(record, long)
    yield "\n"


def _line(record: AnnotatedArticle) -> str:
    try:
        return record.model_dump_json()
    except PydanticSerializationError:
        return encodable_record(record).model_dump_json()


def _parts(record: AnnotatedArticle, long: Sequence[str]) -> Iterator[str]:
    before = "{"
    for name in AnnotatedArticle.model_fields:
        for part in _listed(name, getattr(record, name)) if name in long else [_fields(record, name)]:
            if part:  # a review that is not there is not written either
                yield before + part
                before = ","
        if name in long:
            yield "]"
    yield "}"


def _is_long(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) > TOGETHER


def _listed(name: str, items: tuple[Any, ...]) -> Iterator[str]:
    """A list of a record by its name, `TOGETHER` items at a time, without the bracket at its end."""
    for at in range(0, len(items), TOGETHER):
        some = cast(Any, AnnotatedArticle).model_construct(**{name: items[at : at + TOGETHER]})
        written = _fields(some, name)[:-1]
        yield written if at == 0 else written.removeprefix(f'"{name}":[')


def _fields(record: AnnotatedArticle, name: str) -> str:
    """A field of a record with its name; nothing for one that is not written."""
    return record.model_dump_json(include={name})[1:-1]


def write(records: Iterable[AnnotatedArticle], path: Path) -> Path:
    """Write the records to `path`, compressed where its name ends in `.gz`.

    Raises `OutputError` where the file cannot be written and `RecordError` as `dump` does.
    """
    with atomic(path) as file:
        if path.suffix == ".gz":
            # No name and no time in the header: the same records give the same bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                packed.writelines(part.encode() for record in records for part in parts(record))
        else:
            file.writelines(part.encode() for record in records for part in parts(record))
    return path


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `records.jsonl` into `folder`."""
    return [write(records, folder / RECORDS)]


def load(path: Path | str) -> Iterator[AnnotatedArticle]:
    """The records of a file, plain or gzip, or of a folder of results or of a run; `-` is stdin.

    Blank lines are passed over, lone surrogates replaced. Raises `InputError` where the file cannot be read, and
    `RecordError` with file, line and what is wrong.
    """
    for file in _files_of(path):
        for number, line in _lines(file):
            record, found = _parse(line)
            if record is None:
                more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
                raise RecordError(f"{file}, line {number}: {'; '.join(found[:SHOWN])}{more}")
            yield encodable_record(record) if _SURROGATE.search(line) else record


def check(path: Path | str) -> Iterator[str]:
    """Every problem of every line, with file, line and the path inside the record; nothing for a sound file.

    Raises `InputError` where the file cannot be read.
    """
    seen: dict[tuple[str, str | None], str] = {}
    for at, line in ((f"{file}, line {n}", line) for file in _files_of(path) for n, line in _lines(file)):
        record, found = _parse(line)
        yield from (f"{at}: {what}" for what in found)
        if record is None:
            continue
        name = record.article.article_id
        # Several people may have reviewed an article, and each of them once.
        reviewer = record.review.reviewer if record.review else None
        if (first := seen.setdefault((name, reviewer), at)) != at:
            yield f"{at}: article.article_id: {name!r} stands on {first.rpartition(', ')[2]} already"


def _files_of(path: Path | str) -> list[Path]:
    return [Path("-")] if str(path) == "-" else result_files(Path(path))


@contextmanager
def _open(path: Path | str) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    settle(Path(path).parent)
    packed = str(path).endswith(".gz")
    with gzip.open(path, "rb") if packed else Path(path).open("rb") as opened:
        yield cast(IO[bytes], opened)


def _lines(path: Path | str) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line that is not blank; only a line feed ends a line, for a text can hold U+2028."""
    try:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if line.strip():
                    yield number, line.rstrip(b"\r\n")
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _parse(line: bytes) -> tuple[AnnotatedArticle | None, list[str]]:
    """The record of a line, or None and what is wrong with it."""
    try:
        value = json.loads(line.decode(), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        return None, [f"byte {error.start + 1} is not UTF-8"]
    except RecursionError:
        return None, ["nested too deeply to be a record"]
    except json.JSONDecodeError as error:
        return None, [f"not JSON: {error.msg} at character {error.pos + 1}"]
    except ValueError as error:
        return None, [f"not JSON: {error}"]
    if not isinstance(value, dict):
        return None, ["a record is a JSON object, and this is none"]
    try:
        return AnnotatedArticle.model_validate(value), []
    except ValidationError as error:
        return None, _summary(value, error)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _summary(value: dict[str, Any], error: ValidationError) -> list[str]:
    """One sentence for each thing wrong; where the parts are sound and do not fit together, what `problems` finds."""
    details = error.errors(include_url=False)
    if any(detail["loc"] for detail in details):
        return [_sentence(detail) for detail in details]
    parts = {
        name: TypeAdapter[Any](cast(Any, field.annotation)).validate_python(value[name])
        for name, field in AnnotatedArticle.model_fields.items()
        if name in value
    }
    return list(problems(AnnotatedArticle.model_construct(**parts)))


def _sentence(detail: ErrorDetails) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).removeprefix(".")
    match detail["type"]:
        case "missing":
            return f"{path}: is missing"
        case "extra_forbidden":
            return f"{path}: a record has no such field"
        case "value_error":
            return f"{path}: {detail['ctx']['error']}"
        case _:
            return f"{path}: {detail['msg']}, not {_short(detail['input'])}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
