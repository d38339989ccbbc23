"""Memory and throughput of `annotator serve` under many requests at once, of which none may be lost.

    python benchmarks/serve.py [REQUESTS] [TASKS]

REQUESTS (40) are sent at once, each with TASKS (5) articles of about 4,000 characters: once small, and once padded to
nearly the size limit, which is what would fill the memory if bodies were held while they wait. The server is the
command itself, in a process of its own.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

ARTICLES = Path(__file__).parent.parent / "exports" / "articles.jsonl"
CHARACTERS = 4000
PADDING = 12_000_000  # of the 16 MB that are let in


def article(number: int) -> str:
    """A text of its own for every task: the example articles from another place on, over and over."""
    texts = [json.loads(line)["text"] for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    turned = texts[number % len(texts) :] + texts[: number % len(texts)]
    return f"{number}.\n\n" + "\n\n".join(turned * 2)[:CHARACTERS]


def bodies(requests: int, tasks: int, padding: int) -> list[bytes]:
    more = {"context": "x" * padding}
    numbers = [range(n * tasks, (n + 1) * tasks) for n in range(requests)]
    rows = [[{"id": n, "data": {"text": article(n)}} for n in group] for group in numbers]
    return [json.dumps({"tasks": row, "params": more}).encode() for row in rows]


def megabytes(pid: int, what: str) -> float:
    """`VmRSS`, the memory that the process has now, or `VmHWM`, the most it ever had."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(rf"{what}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def run(url: str, pid: int, sent: list[bytes], tasks: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # the peak is counted anew
    before, started = megabytes(pid, "VmRSS"), time.perf_counter()
    slowest_health, over = 0.0, threading.Event()

    def health() -> None:
        nonlocal slowest_health
        with httpx.Client(trust_env=False, timeout=60) as client:
            while not over.wait(0.05):
                asked = time.perf_counter()
                client.get(f"{url}/health").raise_for_status()
                slowest_health = max(slowest_health, time.perf_counter() - asked)

    watch = threading.Thread(target=health)
    watch.start()
    with (
        httpx.Client(base_url=url, timeout=3600, trust_env=False, limits=httpx.Limits(max_connections=None)) as client,
        ThreadPoolExecutor(len(sent)) as threads,
    ):
        headers = {"content-type": "application/json"}
        answers = list(threads.map(lambda body: client.post("/predict", content=body, headers=headers), sent))
    over.set()
    watch.join()
    seconds = time.perf_counter() - started
    done = sum(
        len(result["result"]) > 0 for answer in answers if answer.is_success for result in answer.json()["results"]
    )
    print(
        f"{len(sent)} requests of {len(sent[0]) / 1e6:.2f} MB: {done} of {len(sent) * tasks} tasks answered,"
        f" {seconds:.0f} s, {done / seconds:.1f} tasks/s, {before:.0f} MB before, {megabytes(pid, 'VmHWM'):.0f} MB"
        f" at most, /health at most {slowest_health * 1000:.0f} ms"
    )
    if done != len(sent) * tasks:
        sys.exit("requests were lost")


def main() -> None:
    requests, tasks = (int(given) for given in (*sys.argv[1:], *("40", "5")[len(sys.argv) - 1 :]))
    command = [sys.executable, "-c", "from annotator.cli import app; app(['serve', '--no-page', '--port', '0'])"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    with server.stderr as said:
        try:
            url = re.search(r"http://\S+", said.readline())[0]  # type: ignore[index]
            for padding in (0, PADDING):
                run(url, server.pid, bodies(requests, tasks, padding), tasks)
        finally:
            os.kill(server.pid, signal.SIGINT)
            server.wait()


if __name__ == "__main__":
    main()
