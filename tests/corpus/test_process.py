"""The process of a worker: what it allows itself."""

import signal
import subprocess
import sys

import pytest

from tests.corpus.news import ROOT

HELD = """
from annotator.corpus import process
process._limit_memory(64)
try:
    bytearray(200 << 20)
except MemoryError:
    print("refused")
process._limit_memory(None)
print(len(bytearray(200 << 20)) >> 20)
"""


def ended(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system says how much a process has")
def test_memory_is_refused_beyond_the_limit_and_given_again_without() -> None:
    assert ended(HELD).stdout == "refused\n200\n"


def test_a_process_whose_other_side_is_gone_ends_itself_when_its_time_is_up() -> None:
    program = (
        "import time; from annotator.corpus import process; process.SECONDS_ORPHANED = 0.1\n"
        "process._end_after(0.1); time.sleep(3600)"
    )
    assert ended(program).returncode == -signal.SIGALRM
