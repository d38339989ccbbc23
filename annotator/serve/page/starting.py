"""Putting articles in: the start page, what it takes, and how far it is."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from annotator.reading.address import is_address
from annotator.serve.intake import Entry, at_address, pasted, uploaded
from annotator.serve.page.desk import Desk
from annotator.serve.page.jobs import MAX_TOLD, MAX_WAITING, TooManyError
from annotator.serve.page.people import name_of, remember, who_of
from annotator.serve.page.showing import shown, told

MAX_FILES, MAX_FIELDS = 200, 20
SEE_OTHER = 303


def routes(desk: Desk) -> list[Route]:
    """The start page and the jobs that it starts."""

    async def start(request: Request) -> Response:
        return await _start(desk, request)

    async def annotate(request: Request) -> Response:
        form = await request.form(
            max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=int(desk.max_megabytes * 1_000_000)
        )
        who = who_of(request) or name_of(form.get("who"))
        entries = await _entries(form)
        if problem := _problem(form, entries, who):
            return await _start(desk, request, status=400, problem=problem, form=form)
        try:
            job = desk.jobs.begin(" and ".join(entry.what for entry in entries[:3]), who, entries)
        except TooManyError:
            problem = f"{MAX_WAITING} inputs are being worked on. Wait until one of them is done"
            return await _start(desk, request, status=503, problem=problem, form=form)
        answer = RedirectResponse(f"/jobs/{job.job_id}", SEE_OTHER)
        remember(answer, who)
        return answer

    async def job(request: Request) -> Response:
        found = desk.jobs.get(request.path_params["job_id"])
        if found is None:
            return told(
                404, "Not known any more", "The server was started anew. What was done is in the worklist.", "/"
            )
        if found.finished and len(found.made) == 1 and not found.failures:
            return RedirectResponse(f"/articles/{found.made[0].key}", SEE_OTHER)
        return shown("job.html.jinja", job=found, most=MAX_TOLD, who=who_of(request))

    async def progress(request: Request) -> Response:
        found = desk.jobs.get(request.path_params["job_id"])
        if found is None:
            return JSONResponse({"finished": True}, 404)
        return JSONResponse(
            {"says": found.says, "done": found.done, "total": found.total or 0, "finished": found.finished}
        )

    return [
        Route("/", start),
        Route("/annotate", annotate, methods=["POST"]),
        Route("/jobs/{job_id}", job),
        Route("/jobs/{job_id}/progress", progress),
    ]


async def _start(
    desk: Desk, request: Request, *, status: int = 200, problem: str = "", form: Mapping[str, Any] | None = None
) -> Response:
    typed = {name: _words(form, name) for name in ("text", "address", "publisher")}
    return shown(
        "start.html.jinja",
        status,
        here="start",
        who=who_of(request),
        problem=problem,
        recent=await desk.ask(desk.recent),
        offline=desk.offline,
        most=int(desk.max_megabytes * 1_000_000),
        most_says=f"{desk.max_megabytes:g} MB",
        **typed,
    )


async def _entries(form: FormData) -> list[Entry]:
    given = {"publisher": publisher} if (publisher := " ".join(_words(form, "publisher").split())) else {}
    entries = []
    if (words := _words(form, "text")).strip():
        entries.append(pasted(words, given))
    for file in form.getlist("file"):
        if isinstance(file, UploadFile) and (file.filename or file.size):
            entries.append(uploaded(file.filename or "file", await file.read(), given))
    if address := _words(form, "address").strip():
        entries.append(at_address(address, given))
    return entries


def _problem(form: FormData, entries: list[Entry], who: str) -> str:
    """Why what was sent cannot be taken; empty where it can."""
    if not who:
        return "Say your name: it stands beside what you decide"
    if not entries:
        return "Paste a text, choose a file or give an address"
    address = _words(form, "address").strip()
    if address and not is_address(address):
        return "An address begins with https:// or http://"
    return ""


def _words(form: Mapping[str, Any] | None, name: str) -> str:
    value = form.get(name) if form is not None else None
    return value if isinstance(value, str) else ""
