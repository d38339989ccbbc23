"""The package that is installed has all that lies in its folder, and what it needs is known to the byte."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from annotator.errors import MissingExtraError

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = ("documents", "serve", "parquet", "corpus", "cluster", "trace")  # torch has other builds on other machines


def test_every_file_that_is_no_module_is_package_data() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    package = ROOT / "annotator"
    packed = {path for pattern in patterns["annotator"] for path in package.glob(pattern) if path.is_file()}
    there = {path for path in package.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    assert packed == there


def test_the_lock_holds_a_version_and_hashes_of_whatever_is_asked_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned: dict[str, list[str]] = {}
    for name, version, hashes in re.findall(r"^([\w.-]+)==(\S+)(.*(?:\n    .*)*)", lock, re.MULTILINE):
        pinned.setdefault(name, []).append(version)
        assert "--hash=sha256:" in hashes, name
    extras = PROJECT["project"]["optional-dependencies"]
    asked = [*PROJECT["project"]["dependencies"], *(line for extra in LOCKED for line in extras[extra])]
    for requirement in map(Requirement, asked):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(version in requirement.specifier for version in versions), requirement
    assert "://" not in lock  # no server: the packages come from where pip is told to look


def test_set_up_and_errors_name_extras_as_they_are_installed() -> None:
    setup = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Set-up")[2].partition("\n## ")[0]
    extras = PROJECT["project"]["optional-dependencies"]
    (wanted,) = re.findall(r"extras;.*?pip install '\.\[([a-z,]+)\]'", setup)
    for extra in wanted.split(","):
        assert extra in extras
        assert f"pip install '.[{extra}]'" in str(MissingExtraError("This", extra))
    # All that a user of commands meets: what is left needs INCEpTION, a server, a cluster or a training.
    assert set(extras) - set(wanted.split(",")) == {"inception", "serve", "parquet", "cluster", "train", "test"}
    needed = {package for extra in wanted.split(",") for package in extras[extra]}
    assert set(extras["parquet"]) <= needed


def test_the_page_about_traces_says_what_to_install() -> None:
    assert "pip install '.[trace]'" in (ROOT / "docs" / "trace.md").read_text(encoding="utf-8")
