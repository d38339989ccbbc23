"""The configuration file: what somebody would otherwise type behind every command.

It is read where `--config FILE` or `ANNOTATOR_CONFIG` names it, and never because it lies in the working folder: a
folder of articles that somebody else has sent must not decide which words count or which server gets the texts.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from annotator.cli.options import ALL_FORMATS, KNOWN_FORMATS
from annotator.cli.terminal import stop

VARIABLE = "ANNOTATOR_CONFIG"
# Each key: what it is, and which options it is the default of.
_KEYS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "publisher": ("text", (("annotate", "publisher"),)),
    # No --to of `annotate`: a run, and stdout, would object to what is meant for the files of a few articles.
    "formats": ("list of texts", (("annotate", "formats"), ("export", "to"))),
    "lexicon": (
        "text",
        (("annotate", "lexicon"), ("serve", "lexicon"), ("evaluate", "lexicon"), ("lexicon", "folder")),
    ),
    "label_studio": ("text", (("review", "push", "url"), ("review", "pull", "url"))),
}


def defaults_of(path: Path) -> dict[str, Any]:
    """Defaults of the commands' options by command, as click takes them; stops where the file is wrong."""
    defaults: dict[str, Any] = {}
    for key, value in _checked(path).items():
        for *commands, option in _KEYS[key][1]:
            place = defaults
            for command in commands:
                place = place.setdefault(command, {})
            place[option] = value
    return defaults


def usual_formats(context: typer.Context) -> str:
    """The formats of the files of a few articles where no --to says which."""
    return str((context.default_map or {}).get("formats") or ALL_FORMATS)


def _checked(path: Path) -> dict[str, str]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        stop(f"{path}: the configuration cannot be read ({error.strerror}). --config or {VARIABLE} names it")
    except UnicodeDecodeError:
        stop(f"{path}: the configuration is no text in UTF-8. Save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        stop(f"{path}: the configuration is no TOML: {error}")
    return {key: _value(path, key, value) for key, value in told.items()}


def _value(path: Path, key: str, value: Any) -> str:
    if key not in _KEYS:
        stop(f"{path}: no setting {key!r}. Settings are: {', '.join(_KEYS)}")
    kind = _KEYS[key][0]
    texts = value if isinstance(value, list) else [value]
    if isinstance(value, list) is not (kind != "text") or not all(isinstance(one, str) and one for one in texts):
        stop(f"{path}: {key} takes a {kind}, not {value!r}")
    if key == "formats" and (unknown := set(texts) - {*KNOWN_FORMATS.split(",")}):
        stop(f"{path}: formats: no format {', '.join(sorted(unknown))}. Formats are: {KNOWN_FORMATS}")
    if key == "lexicon" and not (path.parent / value).is_dir():
        stop(f"{path}: lexicon: {path.parent / value} is no folder. It is looked for beside {path.name}")
    return str(path.parent / value) if key == "lexicon" else ",".join(texts)
