"""The review tried out: a Label Studio of our own with a few articles in it, for whoever has none yet."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle
from annotator.review.project import KEY_VARIABLE, REVIEW_VIEW
from annotator.review.push import push
from annotator.review.server import LabelStudioServer

ARTICLES = Path(__file__).parent / "demo.jsonl"  # the articles of `exports/`, which the installed package lacks
PROJECT = "Attribution review"
Push = Callable[..., Any]

READY = """
Label Studio is ready: {url}
  log in as  {username}
  password   {password}
  project    {project}
  API key    {token}
The tab "{tab}" of the project lists the articles with claims to look at.
What you review is kept in {data}. While the server runs, another terminal fetches it:
  {variable}={token} annotator review pull --url {url} --project "{project}" -o reviews
Ctrl-C stops the server."""


def default_data() -> Path:
    """Where the demo keeps its projects and its log-in."""
    return user_data_path("attribution-annotator") / "label-studio"


def records(files: Sequence[Path]) -> list[AnnotatedArticle]:
    """Records of the given files."""
    return [record for file in files for record in load(file)]


def demo(
    reviewed: Sequence[AnnotatedArticle],
    *,
    data: Path,
    port: int | None = None,
    send: Push | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Push the records to a server of our own, with `annotator.review.push`, and keep it running until Ctrl-C.

    Raises StudioError when the server cannot be installed or started, or ends by itself.
    """
    try:
        with LabelStudioServer(data=data, port=port, say=say) as studio:
            (send or push)(reviewed, url=studio.url, api_key=studio.token, project=PROJECT, create=True)
            known = {"url": studio.url, "project": PROJECT, "data": studio.data, **studio.login._asdict()}
            say(READY.format(**known, tab=REVIEW_VIEW, variable=KEY_VARIABLE))
            studio.wait()
    except KeyboardInterrupt:
        say("Label Studio is stopped.")
