"""The commands `annotator review ...`: the round through Label Studio and back."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.terminal import reporting, say

app = typer.Typer(no_args_is_help=True, help="Review in Label Studio: out, corrected by people, back, compared.")


@app.command()
def demo(
    records: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of records to review; without any, six example articles.", show_default=False),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps the reviews. Default: a folder of the user's data.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port of the server. Default: one that is free.", min=1, max=65535)
    ] = None,
) -> None:
    """Try it: start a Label Studio of your own with a few articles; it is installed at the first run (1 GB)."""
    from annotator import demo as tried

    with reporting():
        reviewed = tried.records(records or ())
        tried.demo(reviewed, data=data or tried.default_data(), port=port, say=say)
