#!/usr/bin/env bash
# lxml 6.1.3 (libxml2 2.14.6), seen 2026-11-28
# Expected: what stands behind "</body></html>" is part of the page, as the HTML standard, browsers and html5lib 1.1 have
#   it. Pages have such ends amid an article where a newsletter or a database puts a page into a page, or a footer below.
# What happens: lxml.html parses without an error, and everything behind the first "</body>" or "</html>" is gone.
#   trafilatura 2.3.1, which parses by lxml, extracts half an article.
# What to do: take "</body>" and "</html>" out of the page before parsing; both may be left out in HTML.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check lxml==6.1.3 lxml_html_clean==0.4.6 html5lib==1.1 trafilatura==2.3.1
venv/bin/python - <<'PAGE'
import sys

import html5lib
import trafilatura
from lxml import etree, html

SAFE = "<p>The bridge over the river is safe and will open in May, Mayor Anna Moor said on Monday at the town hall.</p>"
ROAD = "<p>The road beside it had been closed since the flood of last autumn, Engineer Paul Renner said on Tuesday.</p>"
PAGE = f"<html><body><article>{SAFE * 3}</body></html>{ROAD * 3}</article></body></html>"
mended = PAGE.replace("</body>", "").replace("</html>", "")

print("lxml", etree.__version__, "libxml2", ".".join(map(str, etree.LIBXML_VERSION)))
found = {
    "html5lib": "Renner" in "".join(html5lib.parse(PAGE).itertext()),
    "lxml.html": "Renner" in html.fromstring(PAGE).text_content(),
    "trafilatura": "Renner" in (trafilatura.extract(PAGE) or ""),
    "lxml.html, without the ends": "Renner" in html.fromstring(mended).text_content(),
}
for parser, kept in found.items():
    print(f"{parser:28} what follows the end is", "kept" if kept else "gone")
sys.exit(list(found.values()) != [True, False, False, True])
PAGE
