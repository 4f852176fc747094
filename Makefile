# A newcomer needs python3 with venv, git and make. Everything else comes from here.
#
# Works from any folder: make -C path/to/this demo

PYTHON ?= python3
# Where it is installed. To try another Python beside: make test PYTHON=python3.14 VENV=.venv-3.14
VENV := .venv
BIN := $(VENV)/bin
# Extra words for pytest: make test PYTEST="-x tests/checks"; with the slow ones: PYTEST="-m ''"
PYTEST ?=
# Said only to those who asked for the set-up itself.
ready = $(if $(filter setup setup-dev,$(MAKECMDGOALS)),echo "govkit is ready: $(BIN)/govkit",:)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test lint bench format pins package clean
# The version that a package has to have: make package VERSION=0.1.0
VERSION ?=

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | while IFS='	' read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: ## What a user needs; leaves .venv/bin/govkit
	@$(PYTHON) scripts/prepare.py $(VENV)
	@$(ready)

setup-dev: ## What the tests need besides
	@$(PYTHON) scripts/prepare.py dev $(VENV)
	@$(ready)

demo: setup ## Check the texts, print the books, play a round of consent, cut a release
	@sh scripts/demo.sh $(BIN)

test: setup-dev ## Run the tests
	@$(BIN)/pytest $(if $(findstring no:xdist,$(PYTEST)),,-n auto --dist worksteal) -m "not slow" $(PYTEST)

lint: setup-dev ## Style, types, and who may know whom
	@sh scripts/lint.sh $(BIN)

bench: setup ## Measure govkit beside its peers, on generated texts
	@test -x .venv-bench/bin/doorstop || { $(PYTHON) -m venv .venv-bench && \
		.venv-bench/bin/pip install --quiet -c bench/constraints.txt check-jsonschema yamllint doorstop; }
	@.venv-bench/bin/pip install --quiet -c bench/constraints.txt redlines diff-match-patch \
		typing_extensions
	@$(BIN)/python bench/generate.py 1000 .venv-bench/texts
	@$(BIN)/python bench/floor.py .venv-bench/texts
	@$(BIN)/python bench/peers.py 1000 3
	@$(BIN)/python bench/redlines.py
	@$(BIN)/python bench/long_texts.py

format: setup-dev ## Lay the Python files out as lint wants them
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

pins: ## Write constraints.txt anew from the newest versions that fit
	@$(PYTHON) scripts/pins.py

package: setup ## Build what the package index gets, and try it in a fresh environment
	@$(BIN)/pip install --quiet -c constraints.txt -c constraints-publish.txt build twine
	@sh scripts/package.sh $(BIN) $(VERSION)

clean: ## Remove what was built and cached; .venv stays
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path './.venv*' -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
