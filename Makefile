# Needs Python 3.11 or newer, make and git; everything else is set up in .venv by the first call.
PYTHON ?= python3
CORPUS ?= corpus
# Not the whole of corpus/: gold/ and marked/ hold the answers, not notices.
NOTICES ?= $(CORPUS)/notices $(wildcard $(CORPUS)/formats)
OUT    ?= outputs/corpus
SHARED ?= ../shared

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.stamp
PIP   := $(BIN)/python -m pip --disable-pip-version-check

# The extras whose versions requirements.lock fixes.
LOCK_EXTRAS := --extra dev --extra notebook --extra ocr

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench eval fuzz lock clean
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make .venv from requirements.lock (the other targets do it by themselves)

# Every file installed is checked against its hash, the build tools included; nothing is built in an isolated environment,
# since that would fetch its tools unchecked.
$(STAMP): requirements.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: $(PYTHON) must be Python 3.11 or newer; name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) (about a minute the first time)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --require-hashes -r requirements-build.lock
	@$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# notice check ends with 1 when it found something; 2 and more mean that it could not do its work.
run: $(STAMP) ## extract and check the notices of corpus/, write the tables to outputs/corpus
	@$(BIN)/notice extract $(NOTICES) -o $(OUT) --format jsonl,csv,xlsx,parquet
	@$(BIN)/notice check $(NOTICES) --quiet --statistics || [ $$? -eq 1 ]
	@echo
	@echo "Written to $(OUT)/:"
	@cd $(OUT) && find . -type f | sed 's|^\./|  |' | LC_ALL=C sort

test: lint ## format, lint, types, layers, then all tests with branch coverage
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: $(STAMP)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "make: not formatted; run $(BIN)/ruff format" >&2; \
	  $(BIN)/ruff format --check . >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# The peers of time_expressions.py live in an environment of their own; without a network only ours is measured.
bench: $(STAMP) ## measure speed, start-up and time expressions, print the figures
	@test .venv-bench/.stamp -nt benchmarks/requirements.txt || { echo "Setting up .venv-bench (the peers)"; \
	  $(PYTHON) -m venv .venv-bench && echo '*' > .venv-bench/.gitignore && \
	  .venv-bench/bin/pip --disable-pip-version-check install --quiet -r benchmarks/requirements.txt && \
	  touch .venv-bench/.stamp; } || echo "make: the peers are not installed, only ours is measured" >&2
	@set -e; for bench in benchmarks/[a-z]*.py; do \
	  [ -e "$$bench" ] || { echo "make: no benchmark in benchmarks/" >&2; exit 1; }; \
	  echo "== $$bench"; $(BIN)/python "$$bench"; done

eval: $(STAMP) ## score the extraction against corpus/gold and, when it lies beside the checkout, ../shared
	@$(BIN)/notice eval $(CORPUS)/gold
	@for gold in $(SHARED)/gold $(SHARED)/heads; do \
	  if [ -d "$$gold" ]; then echo; echo "== $$gold"; $(BIN)/notice eval "$$gold" || exit; \
	  else echo "$$gold is not there: not scored"; fi; done

fuzz: $(STAMP) ## 10,000 broken files for every reader: nothing but a document or a plain refusal may come back
	@$(BIN)/python -m fuzz.run

lock: ## resolve pyproject.toml again (LOCKFLAGS=--upgrade for the newest versions)
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && set -e && \
	$(PYTHON) -m venv "$$tmp" && "$$tmp/bin/pip" --disable-pip-version-check install --quiet 'uv>=0.5' && \
	uv() { "$$tmp/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(LOCKFLAGS) "$$@"; } && \
	uv pyproject.toml $(LOCK_EXTRAS) -o requirements.lock && \
	uv requirements-build.in -c requirements.lock -o requirements-build.lock
	@! grep -nE '^ *-|[a-z]+://' requirements.lock requirements-build.lock | grep -v -- '--hash=' || { \
	  echo "make: the lock names an index or a host" >&2; exit 1; }

clean: ## remove what was made, .venv too
	rm -rf $(VENV) .venv-bench build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov
	find outputs -mindepth 1 ! -name .gitkeep -delete
	find . -path ./.git -prune -o -name __pycache__ -type d -exec rm -rf {} +
