#!/bin/sh
# Builds the package, looks at what the index would say of it, and tries it in a fresh environment.
# `make package` runs it; with VERSION the package has to have that one, and CHANGELOG.md has to name
# it without "unreleased". The files are left in dist/package.
set -eu
cd "$(dirname "$0")/.."
bin=${1:-.venv/bin}
wanted=${2:-}
version=$("$bin/govkit" version | cut -d " " -f 2)
fail() {
    echo "package: $1" >&2
    exit 1
}
if [ -n "$wanted" ]; then
    [ "$version" = "$wanted" ] || fail "this is version $version, and the tag says $wanted"
    grep -qx "## $version, [0-9-]*" CHANGELOG.md || fail "CHANGELOG.md has no day for $version"
fi
rm -rf build dist/package
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$bin/pyproject-build" --outdir dist/package .
rm -rf build
"$bin/twine" check --strict dist/package/*
"$bin/python" -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet -c constraints.txt dist/package/*.whl
"$place/venv/bin/govkit" init "$place/texts" --yes >"$place/said"
"$place/venv/bin/govkit" -C "$place/texts" check
"$place/venv/bin/govkit" -C "$place/texts" render all -o "$place/books" >>"$place/said"
[ "$("$place/venv/bin/govkit" version)" = "govkit $version" ]
ls dist/package
