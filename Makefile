# make run   everything, then http://127.0.0.1:8000        make test   all tests
# make check what CI checks first                            make bench  benchmarks   make messages  gather texts to translate

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev check test bench messages clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# test runs side by side, each with a database, and where a test asks for one a model, of its own
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
MESSAGES := $(wildcard locale/*/*/LC_MESSAGES/*.po)

help:
	@sed -n '1,2s/^# //p' Makefile

run: setup
	@exec $(BIN)/khue up

setup: $(VENV)/installed $(VENV)/messages

setup-dev: $(VENV)/installed-dev $(VENV)/messages

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found (set PYTHON=…)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make environments: on Debian, install python3-venv." >&2; exit 1; }

$(VENV)/installed: requirements.lock requirements-uv.lock pyproject.toml | $(VENV)/bin/python
	@.ci/install $(VENV) requirements.lock
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	@.ci/install $(VENV) requirements-dev.lock
	@touch $@

$(VENV)/installed-bench: requirements-bench.lock $(VENV)/installed
	@.ci/install $(VENV) requirements-bench.lock
	@touch $@

$(VENV)/messages: $(MESSAGES) $(VENV)/installed
	@for part in locale/*/; do ls $$part*/LC_MESSAGES/django.po >/dev/null 2>&1 || continue; \
	  $(BIN)/pybabel -q compile -D django -d $$part || exit 1; done
	@touch $@

check: setup-dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	@templates=$$(git ls-files 'src/**/*.html'); test -z "$$templates" || $(BIN)/djlint --lint --quiet $$templates
	@# in a folder of its own: the code is checked, not an installation that may stand here
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && DATABASE_URL= KHUE_HOME=$$home $(BIN)/khue check
	$(BIN)/khue messages --check

test: setup-dev
	@$(BIN)/khue models pull || echo "The models could not be fetched: the tests that need them are skipped."
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

bench: $(VENV)/installed-bench $(VENV)/messages
	$(BIN)/python -m benchmarks $(ARGS)

messages: setup-dev
	$(BIN)/khue messages

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .grimp_cache
