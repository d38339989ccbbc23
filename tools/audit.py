"""Asks pip-audit about each package of requirements.lock: a known vulnerability fails, and no answer is said aloud.

Not every machine reaches a source of advisories, and a mirror of packages may know of none.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")


def verdict(answer: str) -> tuple[list[str], int]:
    """What is to be said of pip-audit's JSON, and the exit status; anything else is no answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return ["NOT AUDITED: no source of advisories could be asked"], 0
    lines = [
        f"VULNERABLE: {package['name']} {package['version']}: {found['id']}, mended in {found['fix_versions']}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    status = 1 if lines else 0
    if unknown := sum("skip_reason" in package for package in packages):
        lines.append(
            f"NOT AUDITED: {unknown} of {len(packages)} packages, of which the source of advisories knows nothing"
        )
    return lines or [f"no vulnerability known in {len(packages)} packages"], status


def main() -> int:
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", *OPTIONS, "-r", LOCK], stdout=subprocess.PIPE, text=True, check=False
    )
    lines, status = verdict(asked.stdout)
    print(*lines, sep="\n", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
