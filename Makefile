# Everything runs from here on a machine with Python >= 3.11, git and make. `make` alone lists the targets.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help briefing test check lint types layers format docs pages benchmark web changelog picture clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Détente needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# numba keeps compiled code beside each file and does not see edits of what that file imports: drop all of it after any
$(VENV)/compiled.stamp: $(shell grep -rl numba --include='*.py' src) | $(VENV)/run.stamp
	@find src -name '*.nb[ic]' -delete
	@touch $@

briefing: $(VENV)/run.stamp $(VENV)/compiled.stamp ## install into .venv and write out/genoa-2001/briefing.html
	$(BIN)/detente brief genoa-2001 --out out/genoa-2001

test: $(VENV)/dev.stamp $(VENV)/compiled.stamp ## install and run every test
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: lint types layers ## lint, types and layers

lint: $(VENV)/dev.stamp ## ruff: style, docstrings, complexity
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp ## mypy --strict on src
	$(BIN)/mypy --strict src

layers: $(VENV)/dev.stamp ## import-linter: data flows one way
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(VENV)/dev.stamp ## build the documentation into docs/_build
	$(BIN)/sphinx-build -n -W --keep-going -b html docs docs/_build/html

picture: $(VENV)/dev.stamp ## draw the picture on the README again (needs Chromium)
	$(BIN)/python docs/picture.py

pages: $(VENV)/dev.stamp ## run every command shown in README and guides again, and write what it prints
	$(BIN)/python docs/console.py

benchmark: $(VENV)/dev.stamp ## ratios against a baseline in the same run
	$(BIN)/python -m pytest benchmarks --benchmark-only -p no:xdist

web: ## rebuild the globe from web/ (needs Node; users never do)
	cd web && npm ci --no-audit --no-fund && npm run build

changelog: $(VENV)/dev.stamp ## show what the next release notes will say
	$(BIN)/towncrier build --draft

clean: ## remove what was built
	rm -rf $(VENV) out docs/_build dist
