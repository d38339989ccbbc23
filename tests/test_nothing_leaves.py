"""Nothing leaves the machine: the product's jobs try no connection and leave no file but those they were asked for.

Each job runs in a network namespace of its own, whose only way out leads to nobody: whatever is sent, a look-up of a
name too, is counted there, in native code as in Python.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ARTICLE = Path(__file__).parents[1] / "exports" / "articles" / "social-posts.txt"

WAY_OUT = """
set -e
ip link set lo up
ip link add out0 type veth peer name out1
for link in out0 out1; do echo 1 > /proc/sys/net/ipv6/conf/$link/disable_ipv6 || true; done
ip link set out1 up
ip addr add 192.0.2.1/24 dev out0
ip link set out0 up
ip route add default via 192.0.2.2
before=$(sed -n 's/^ *out0: *//p' /proc/self/net/dev | awk '{print $10}')
"$@" 1>&2
after=$(sed -n 's/^ *out0: *//p' /proc/self/net/dev | awk '{print $10}')
echo $((after - before))
"""

COMMAND = "import sys; from annotator.cli import app; app(sys.argv[1:])"

COMPONENT = """
import spacy
from annotator.language.parse import load_pipeline
nlp = load_pipeline()
nlp.add_pipe("attribution_annotator")
assert nlp("It rained, Axios reported.").spans["claims"]
"""

SERVED = """
import threading, time, urllib.parse, urllib.request, json
from pathlib import Path
from annotator.serve import Crew, Desk, create_app, create_page, listen, serve
with listen("127.0.0.1", 0) as at, Desk(Path("worklist.sqlite")) as desk, Crew() as crew:
    door = create_page(desk, crew, "token")
    threading.Thread(target=serve, args=(create_app(crew, page=door), at), daemon=True).start()
    body = json.dumps({"tasks": [{"id": 1, "data": {"text": "It rained, Axios reported."}}]}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{at.getsockname()[1]}/predict", body, {"Content-Type": "application/json"}
    )
    assert json.load(urllib.request.urlopen(request))["results"]
    home = f"http://127.0.0.1:{at.getsockname()[1]}"
    headers = {"Cookie": f"{door.cookie}=token; annotator_who=Ana", "Origin": home}
    form = urllib.parse.urlencode({"text": "It rained, Axios reported. The bridge is safe, the mayor said."}).encode()
    asked = urllib.request.urlopen(urllib.request.Request(f"{home}/annotate", form, headers))
    until = time.monotonic() + 60
    while desk.worklist.articles().total == 0 and time.monotonic() < until:
        time.sleep(0.1)
    [row] = desk.worklist.articles().rows
    page = urllib.request.urlopen(urllib.request.Request(f"{home}/articles/{row.article_id}", headers=headers))
    assert b"The bridge is safe" in page.read()
    assert urllib.request.urlopen(urllib.request.Request(f"{home}/export.zip", headers=headers)).read()
"""


def packets_sent(arguments: list[str], folder: Path) -> tuple[int, list[str]]:
    """Packets that a Python program sends to other machines, and the files it leaves in home and temporary folder."""
    if os.name != "posix" or not (shutil.which("unshare") and shutil.which("ip")):
        _cannot("needs the programs unshare and ip (Debian: util-linux, iproute2)")
    places = {name: folder / name for name in ("home", "tmp", "work")}
    for place in places.values():
        place.mkdir()
    environment = {
        **{
            name: value for name, value in os.environ.items() if name not in {"ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME"}
        },
        "HOME": str(places["home"]),
        "TMPDIR": str(places["tmp"]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    namespace = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    ended = subprocess.run(
        [*namespace, "sh", "-c", WAY_OUT, "sh", sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=places["work"],
        env=environment,
    )
    if "Operation not permitted" in ended.stderr:
        _cannot("may not make a network namespace")
    assert ended.returncode == 0, ended.stderr
    left = [str(path) for name in ("home", "tmp") for path in places[name].rglob("*")]
    return int(ended.stdout), left


def _cannot(why: str) -> None:
    if os.environ.get("ANNOTATOR_NEED_NAMESPACE"):
        pytest.fail(why)
    pytest.skip(why)


def test_a_connection_would_be_seen(tmp_path: Path) -> None:
    program = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('198.51.100.1', 9))"
    assert packets_sent(["-c", program], tmp_path)[0] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["-c", COMMAND, "annotate", str(ARTICLE), "-o", "out"], id="annotate"),
        pytest.param(["-c", COMMAND, "annotate", str(ARTICLE), "-o", "out", "--run", "--workers", "2"], id="run"),
        pytest.param(
            ["-c", COMMAND, "annotate", str(ARTICLE), "-o", "out", "--run", "--engine", "ray"],
            id="ray",
            marks=pytest.mark.skipif(find_spec("ray") is None, reason="needs the extra cluster"),
        ),
        pytest.param(["-c", COMPONENT], id="component"),
        pytest.param(["-c", SERVED], id="serve"),
    ],
)
def test_a_job_contacts_nobody_and_leaves_nothing_behind(arguments: list[str], tmp_path: Path) -> None:
    assert packets_sent(arguments, tmp_path) == (0, [])
