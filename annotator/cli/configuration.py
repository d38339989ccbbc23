"""`annotator.toml`: what a newsroom would otherwise say with every command.

It is read where --config or the environment names it, never because it lies in the working folder: whoever sends a
folder of articles must not decide what is done with them. Options of the command line, and the environment, win.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from annotator.cli.loading import formats_of
from annotator.cli.options import ALL_FORMATS
from annotator.cli.terminal import stop

VARIABLE = "ANNOTATOR_CONFIG"
# What each key says: which parameter of which command has it for its default.
KEYS = {
    "publisher": {"annotate": "publisher"},
    "formats": {"annotate": "formats", "export": "to"},  # of `annotate` no --to, which a run or stdout would object to
    "lexicon": dict.fromkeys(("annotate", "evaluate", "serve", "lexicon"), "lexicon"),
    "label_studio": {"push": "url", "pull": "url"},
}


def usual_formats(ctx: typer.Context) -> str:
    """The formats of the results of a few articles where no --to says which."""
    return str((ctx.default_map or {}).get("formats", ALL_FORMATS))


def _configured(ctx: typer.Context, path: Path | None) -> Path | None:
    """Have what the file says be the defaults of the command; stops at a key or a value that it cannot have."""
    if path is None or ctx.resilient_parsing:
        return path
    for key, value in _read(path).items():
        if key not in KEYS:
            stop(f"{path}: no key {key!r}. Keys are: {', '.join(KEYS)}")
        default = _default(path, key, value)
        if parameter := KEYS[key].get(str(ctx.info_name)):
            ctx.default_map = {**(ctx.default_map or {}), parameter: default}
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        stop(f"{path}: cannot be read ({error.strerror}). --config and {VARIABLE} name a file")
    except ValueError as error:  # of TOML, with line and column, or of UTF-8
        stop(f"{path}: is no TOML: {error}")


def _default(path: Path, key: str, value: Any) -> str:
    """The value of a key as the command line would have it."""
    if key == "formats" and isinstance(value, list) and value and all(isinstance(name, str) for name in value):
        return ",".join(formats_of(",".join(value), f"{path}: formats"))
    if key == "formats" or not isinstance(value, str) or not value.strip():
        form = '["csv", "html"]' if key == "formats" else '"..."'
        stop(f"{path}: {key} = {value!r} is none that it can have. Write {key} = {form}")
    if key == "lexicon" and not (path.parent / value).is_dir():
        stop(f"{path}: lexicon: {path.parent / value} is no folder. It is looked for beside {path.name}")
    return str(path.parent / value) if key == "lexicon" else value


Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        envvar=VARIABLE,
        is_eager=True,  # before the options whose defaults it says
        callback=_configured,
        help="annotator.toml: " + ", ".join(KEYS) + ".",
        show_default=False,
    ),
]
