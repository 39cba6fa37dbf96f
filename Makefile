# Every command of the project. Each one installs what it needs into .venv first: only Python >= 3.11 and make are asked for.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
T ?= tests

.DEFAULT_GOAL := help
.PHONY: help run test soak bench browser lint format lock screenshots clean

help:
	@echo "make run          install, migrate, load, serve on http://127.0.0.1:8000 (MIZBAN_PORT, MIZBAN_DATA)"
	@echo "make test         the whole suite on SQLite and PostgreSQL; T=path for a part"
	@echo "make soak         kills, scale and chance: 200 deaths of the worker, a closure over 50,000 open cases, on both engines;"
	@echo "                  25 times as many examples of each property, others each time"
	@echo "make bench        what pages cost beside the least they can cost, on both engines; bench.json in \$$MIZBAN_DATA"
	@echo "make lint         style, types, import floors, migrations"
	@echo "make screenshots  pictures of every page, wide, phone, dark and print, into \$$MIZBAN_DATA/screenshots"
	@echo "make format       mend what ruff can mend"
	@echo "make lock         pin the dependencies anew"

run: .venv/.runtime
	@exec $(BIN)/mizban run --demo

test: .venv/.dev
	@MIZBAN_PYTHON=$(BIN)/python bash tests/run.sh $(T)

soak: .venv/.dev
	@MIZBAN_SOAK=1 MIZBAN_PYTHON=$(BIN)/python bash tests/run.sh tests/soak
	@MIZBAN_SOAK=1 $(BIN)/python -m pytest -q -n 2 -m hypothesis

bench: .venv/.dev
	@$(BIN)/python -m tests.bench

screenshots: .venv/.dev
	@$(BIN)/python -m tests.browser.screenshots

lint: .venv/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@MIZBAN_DATA=$$(mktemp -d) $(BIN)/mizban makemigrations --check --dry-run

format: .venv/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# No index URLs: a lock file must not name where it was made.
PIN := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml
lock: .venv/.uv
	@$(PIN) --output-file requirements.lock
	@$(PIN) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build *.egg-info

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mizban needs Python 3.11 or newer")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.runtime: requirements.lock pyproject.toml | .venv/.uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-dev.lock
	@touch $@
