# The two commands: `make run` and `make test`. Everything else serves them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
WORKERS ?= 4
PYTEST_ARGS ?=
# Modules are compiled once, not by each process anew.
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
LOCK := $(BIN)/pip-compile --quiet --allow-unsafe --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --build-deps-for editable

.PHONY: help run install test lint check journeys catalogues bench soak profile lock clean

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=… chooses one)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv is needed (package python3-venv)."; exit 1; }

# Stamps: a second `make run` asks pip nothing. The locks are complete: nothing is left to resolve.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PIP) install --quiet --no-compile --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/chromium.path: tools/chromium.sh $(VENV)/dev.stamp
	@bash tools/chromium.sh $(BIN) > $@.new && mv $@.new $@

run: $(VENV)/run.stamp ## Load the demonstration if there is no data yet, and serve it (PORT, LMS_HOME, LMS_*)
	@test -f "$${LMS_HOME:-instance}/demonstration.json" || { $(BIN)/lms demo --if-empty && $(BIN)/lms places import --example --quiet; }
	@exec $(BIN)/lms serve

install: $(VENV)/dev.stamp ## Make .venv from the locks, development parts included

# One run tells everything: style is looked at beside the tests, and told after them where it is at fault.
test: $(VENV)/chromium.path ## Install what is missing and run everything
	@told=$$(mktemp); LMS_CACHE=$(CURDIR)/.pytest_cache/catalogues $(MAKE) --no-print-directory lint > $$told 2>&1 & lint=$$!; status=0; \
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(PYTEST_ARGS) e2e tests || status=1; \
	wait $$lint || { cat $$told; status=1; }; rm -f $$told; exit $$status

journeys: $(VENV)/chromium.path ## Only the journeys in a real Chromium
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(PYTEST_ARGS) e2e

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/lms check

check: lint ## Format, lint, types, layers, content, docs
	$(BIN)/pytest -q tests/docs

catalogues: $(VENV)/dev.stamp ## Compile the pages' translations (lms/translations) after a change of a .po
	$(BIN)/pybabel compile --statistics -d lms/translations

bench: $(VENV)/chromium.path ## Load beside the reference page and bare inserts; tables, and JSON in bench/results/
	$(BIN)/python -m bench.run; status=$$?; $(BIN)/python -m bench.places && $(BIN)/python -m bench.lrs && exit $$status

soak: $(VENV)/dev.stamp ## An hour of load (SOAK_MINUTES): memory must not grow; then kill -9 a hundred times on each database (SOAK_KILLS): nothing is lost
	$(BIN)/python -m bench.soak; status=$$?; $(BIN)/python -m bench.kills && exit $$status

profile: $(VENV)/dev.stamp ## A flame profile of one page in profile/ (PROFILE_PATH=/learn/)
	$(BIN)/python -m bench.profile

lock: | $(BIN)/python ## Write requirements/ anew from pyproject.toml
	$(PIP) install --quiet 'pip-tools>=7.4'
	$(LOCK) -o requirements/run.txt pyproject.toml
	$(LOCK) --extra dev -c requirements/run.txt -o requirements/dev.txt pyproject.toml

clean: ## Remove .venv and caches; the instance folder stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
