#!/usr/bin/env bash
# dom-anchor-text-quote 4.0.2 with jsdom 26.1.0, seen 2026-11-28
# Expected: a TextQuoteSelector of the W3C whose prefix has 32 characters finds its quotation, whichever characters they are:
#   the recommendation counts code points, and names no limit.
# What happens: with an emoji among the 32 it throws "Pattern too long for this browser". The limit is 32 units of UTF-16, of
#   which an emoji has two; its README names no limit.
# What to do: cut prefix and suffix to 32 UTF-16 units, not to 32 characters.
# Needs node and npm instead of Python.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund dom-anchor-text-quote@4.0.2 jsdom@26.1.0
cat > look.mjs <<'EOF'
import {JSDOM} from 'jsdom';
import {toRange} from 'dom-anchor-text-quote';

const before = 'The harbour opened on Monday, and ';
const prefixes = {
  '32 letters and blanks': before.slice(-32),
  '31 and an emoji': before.slice(-31) + '🚢',
  '30 and an emoji': before.slice(-30) + '🚢',
};
const seen = [];
for (const [name, prefix] of Object.entries(prefixes)) {
  const {window} = new JSDOM(`<p>${prefix}the crane fell at midnight.</p>`);
  Object.assign(globalThis, {document: window.document, Node: window.Node, NodeFilter: window.NodeFilter});
  let found;
  try {
    found = String(toRange(window.document.body, {exact: 'the crane fell', prefix}));
  } catch (error) {
    found = error.message;
  }
  seen.push(found);
  console.log(`${name}: ${[...prefix].length} characters, ${prefix.length} units -> ${found}`);
}
const wanted = ['the crane fell', 'Pattern too long for this browser.', 'the crane fell'];
process.exit(JSON.stringify(seen) === JSON.stringify(wanted) ? 0 : 1);
EOF
node look.mjs
