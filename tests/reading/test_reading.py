"""The room as a whole: what it hands out, and what it costs to open its door."""

import subprocess
import sys

HEAVY = ("pandas", "pyarrow", "trafilatura", "lxml", "spacy", "charset_normalizer", "warcio", "zstandard", "py3langid")


def test_importing_the_room_loads_no_library_that_only_one_kind_of_input_needs() -> None:
    program = f"import sys, annotator.reading; print(*[name for name in {HEAVY} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
