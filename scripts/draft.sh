#!/bin/sh
# Cuts a draft release of this repository's principles, in a clone that is thrown away, so that
# no commit is made here. Nobody signs it: the coalition has no coordinators yet. Its files stay in
# dist/principles/. The other books would take longer, for their many pages.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
bin=${1:-.venv/bin}
if ! shallow=$(git rev-parse --is-shallow-repository 2>&1); then
    echo "Left out: git does not open this folder. It says:"
    echo "$shallow"
    exit 0
elif [ "$shallow" != false ]; then
    echo "Left out: it needs the whole history, and this folder has none, or a part of it."
    echo "In a clone: git fetch --unshallow"
    exit 0
fi
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT

git clone --quiet --no-local "$here" "$clone/texts"
git -C "$clone/texts" checkout --quiet -B main
export GIT_AUTHOR_NAME="A. Example" GIT_AUTHOR_EMAIL="a@example.org"
export GIT_COMMITTER_NAME="A. Example" GIT_COMMITTER_EMAIL="a@example.org"

"$here/$bin/govkit" -C "$clone/texts" release cut principles --draft -o "$here/dist"
"$here/$bin/govkit" -C "$clone/texts" release list
