#!/usr/bin/env bash
# onnxruntime 1.28.0 and 1.32.0, seen 2026-11-27
# Expected: importing a library that runs models on the own processor leaves no trace in the user's home. Newsrooms run
#   local models for that reason.
# What happens: from 1.29 on, `import onnxruntime` alone writes an identifier of the device and a database of events into
#   the user's cache, before any function can be called; the function that switches telemetry off comes too late for it.
# What to do: set ORT_DISABLE_TELEMETRY=1 in the environment before the import, in every process.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
written() { # the files in an empty home after an import: written VERSION [NAME=VALUE]
  rm -rf home && mkdir home
  env -u XDG_CACHE_HOME HOME="$work/home" "${2:-_=}" "$work/$1/bin/python" - <<'EOF'
import onnxruntime

onnxruntime.disable_telemetry_events()
EOF
  (cd home && find . -type f | sort | tr '\n' ' ')
}
for version in 1.28.0 1.32.0; do
  python3 -m venv "$version"
  "$version/bin/pip" install --quiet --disable-pip-version-check "onnxruntime==$version"
done
before=$(written 1.28.0)
now=$(written 1.32.0)
quiet=$(written 1.32.0 ORT_DISABLE_TELEMETRY=1)
echo "1.28.0 writes: ${before:-nothing}"
echo "1.32.0 writes: ${now:-nothing}"
echo "1.32.0 with ORT_DISABLE_TELEMETRY=1 writes: ${quiet:-nothing}"
[[ -z $before && $now == *deviceid* && -z $quiet ]]
