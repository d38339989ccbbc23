"""Our own Label Studio server: starts on loopback, keeps quiet, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from annotator.errors import StudioError
from annotator.review.server import LabelStudioServer

pytestmark = pytest.mark.live
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def get(studio: LabelStudioServer, path: str, token: str) -> httpx.Response:
    return httpx.get(studio.url + path, headers={"Authorization": f"Token {token}"}, trust_env=False)


def running(group: int) -> bool:
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_server_is_up_and_knows_our_token_only(studio: LabelStudioServer) -> None:
    assert httpx.get(f"{studio.url}/health", trust_env=False).json() == {"status": "UP"}
    assert get(studio, "/api/current-user/whoami", studio.token).json()["email"] == studio.username
    assert get(studio, "/api/current-user/whoami", "f" * 40).status_code == httpx.codes.UNAUTHORIZED


def test_name_and_password_log_in(studio: LabelStudioServer) -> None:
    with httpx.Client(base_url=studio.url, trust_env=False) as client:
        client.get("/user/login/")
        form = {
            "email": studio.username,
            "password": studio.password,
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        }
        client.post("/user/login/", data=form)
        assert client.get("/api/current-user/whoami").json()["email"] == studio.username


@linux
def test_nothing_but_loopback_is_listened_to(studio: LabelStudioServer) -> None:
    listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    addresses = {row.split()[1] for row in listening if row.split()[3] == "0A"}
    assert [a for a in addresses if a.endswith(f":{studio.port:04X}")] == [f"0100007F:{studio.port:04X}"]


@linux
def test_analytics_are_off_and_our_variables_stay_with_us(studio: LabelStudioServer) -> None:
    page = httpx.get(f"{studio.url}/user/login/", trust_env=False).text
    assert "googletagmanager" not in page
    environment = Path(f"/proc/{studio._process.pid}/environ").read_bytes().decode().split("\0")
    names = {entry.partition("=")[0] for entry in environment}
    assert "COLLECT_ANALYTICS=false" in environment
    assert "SENTRY_DSN=" in environment
    assert "PYTEST_CURRENT_TEST" not in names


def test_a_busy_port_is_said_and_not_left_for_the_next(studio_venv: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with (
            pytest.raises(StudioError, match=f"Port {port} cannot be had"),
            LabelStudioServer(venv=studio_venv, port=port),
        ):
            pass


def test_a_port_that_is_taken_in_the_last_moment_is_noticed(
    studio_venv: Path, monkeypatch: pytest.MonkeyPatch, studio: LabelStudioServer
) -> None:
    # The port of the other server, which answers /health: only our own token tells the two apart.
    free = iter([studio.port, None])
    from annotator.review import server as module

    choose = module._free_port
    monkeypatch.setattr(module, "_free_port", lambda _: next(free) or choose(None))
    with LabelStudioServer(venv=studio_venv) as second:
        assert second.port != studio.port
        assert get(second, "/api/current-user/whoami", second.token).status_code == httpx.codes.OK


def test_the_end_of_the_log_says_why_it_did_not_start(studio_venv: Path, tmp_path: Path) -> None:
    (tmp_path / "label_studio.sqlite3").write_bytes(b"this is no database")
    with (
        pytest.raises(StudioError, match=r"did not start(.|\n)*file is not a database"),
        LabelStudioServer(venv=studio_venv, data=tmp_path),
    ):
        pass


def test_data_are_kept_with_their_log_in_and_serve_one_server_at_a_time(studio_venv: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with LabelStudioServer(venv=studio_venv, data=data) as first:
        group, login = first._process.pid, first.login
        assert running(group)
        made = httpx.post(
            f"{first.url}/api/projects",
            json={"title": "Kept"},
            headers={"Authorization": f"Token {first.token}"},
            trust_env=False,
        )
        assert made.status_code == httpx.codes.CREATED
        with pytest.raises(StudioError, match="another server uses it"), LabelStudioServer(venv=studio_venv, data=data):
            pass
    assert not running(group)
    assert (data / "login.json").stat().st_mode & 0o077 == 0
    with LabelStudioServer(venv=studio_venv, data=data) as second:
        assert second.login == login
        assert get(second, "/api/projects", second.token).json()["results"][0]["title"] == "Kept"


def test_a_server_that_ends_by_itself_is_said_to_whoever_waits(studio_venv: Path) -> None:
    with LabelStudioServer(venv=studio_venv) as studio:
        os.kill(studio._process.pid, signal.SIGKILL)
        with pytest.raises(StudioError, match=r"stopped by itself \(exit status -9\)(.|\n)*/api/current-user/whoami"):
            studio.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_server_with_its_program(studio_venv: Path, tmp_path: Path, number: signal.Signals) -> None:
    program = """
import sys
from pathlib import Path
from annotator.review.server import LabelStudioServer
with LabelStudioServer(venv=Path(sys.argv[1])) as studio:
    print(studio._process.pid, studio.data, flush=True)
    studio.wait()
"""
    ours = subprocess.Popen([sys.executable, "-c", program, str(studio_venv)], stdout=subprocess.PIPE, text=True)
    assert ours.stdout is not None
    with ours.stdout as said:
        group, data = said.readline().split()
        assert running(int(group))
        os.kill(ours.pid, number)
        ours.wait(120)
    assert not running(int(group))
    assert not Path(data).exists()
