"""Reads damaged files of every kind, more than the tests have time for: python benchmarks/fuzz.py [FILES] [SEED]

Prints for each kind how many were articles and how many were failures, and stops at anything but an error of our own.
"""

import random
import sys
import tempfile
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.reading import Failure, read
from annotator.reading.outcomes import UNFORESEEN
from tests.reading.test_hostile import SEEDS, damaged


def main(files: int = 20_000, seed: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, whole in SEEDS.items():
            chance, articles, failures = random.Random(f"{name}{seed}"), 0, 0
            for _ in range(files):
                path = Path(folder) / name
                path.write_bytes(damaged(whole, chance))
                told: list[Failure] = []
                try:
                    articles += len(list(read([path], on_failure=told.append)))
                except AnnotatorError:
                    failures += 1
                failures += len(told)
                if strange := [failure for failure in told if failure.error.startswith(UNFORESEEN)]:
                    raise SystemExit(f"{name}: what no reader foresaw: {strange}")
            print(f"{name}: {files:,} files, {articles:,} articles, {failures:,} failures")


if __name__ == "__main__":
    main(*(int(word) if word.isdigit() else word for word in sys.argv[1:]))  # type: ignore[arg-type]
