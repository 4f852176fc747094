#!/bin/sh
# What govkit does, on this repository's own texts: check, sum up, print; then one whole round of
# consent with a release at its end, played by an invented coalition on a copy that is thrown away;
# then a draft release of this repository's principles. `make demo` runs it.
set -eu
cd "$(dirname "$0")/.."
bin=${1:-.venv/bin}
govkit=$bin/govkit
out=dist

echo "== govkit check"
"$govkit" check
echo
echo "== govkit"
"$govkit"
echo
echo "== govkit render"
"$govkit" render principles provisions recommendations --format md,html,pdf -o "$out/"
echo
echo "== One round of consent, played by the invented coalition of examples/agora"
if command -v git >/dev/null && command -v ssh-keygen >/dev/null; then
    "$bin/python" scripts/cycle.py
else
    echo "Left out: it signs a release, and this machine lacks git or ssh-keygen."
fi
echo
echo "== A draft release of the principles, cut in a clone that is thrown away"
sh scripts/draft.sh "$bin"
echo
echo "== The website"
"$govkit" site -o "$out/site"
echo
echo "The three books are in $(pwd)/$out:"
printf '  %s\n' "$out"/*.pdf "$out"/*.html "$out"/*.md
