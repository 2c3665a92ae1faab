# Verleend: every command a person or CI needs. `make help` lists them.
#
# Nothing here names a registry: uv, pip and npm use the one the machine is set up for.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

# Set PYTHON to choose an interpreter; otherwise .ci/find-python tries the usual ones by running them.
PYTHON ?=
BOOT   := .boot
VENV   := .venv
PY     := $(VENV)/bin/python
REQ    := requirements

# uv inspects whatever interpreter it meets first, and would like to download one: tell it which, and forbid that.
export UV_PYTHON := $(CURDIR)/$(BOOT)/bin/python
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
UV := $(BOOT)/bin/uv

.PHONY: help setup runtime run test lint format messages bench lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:[^#]*## /\t/' | expand -t 12

# --- setting up -------------------------------------------------------------------------------------------------

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard grants/project/locale/*/LC_MESSAGES/*.po))

setup: $(VENV)/.stamp-dev node_modules/.stamp $(CATALOGUES) ## everything for developing: .venv with runtime and tools, assets
runtime: $(VENV)/.stamp-runtime node_modules/.stamp ## only what the application needs to run

$(BOOT)/.stamp: $(REQ)/boot.txt .ci/find-python
	@python="$$(PYTHON='$(PYTHON)' .ci/find-python)"
	echo "setup: $$("$$python" --version) ($$python)"
	rm -rf $(BOOT)
	"$$python" -m venv $(BOOT)
	$(BOOT)/bin/python -m pip install --quiet --require-hashes -r $(REQ)/boot.txt
	touch $@

# A stamp, not .venv/bin/python: that is a link, and make would look at the age of the interpreter behind it.
$(VENV)/.stamp-venv: $(BOOT)/.stamp
	@$(UV) venv --quiet --clear --python $(BOOT)/bin/python $(VENV)
	touch $@

# A .venv that already has the development packages keeps them: the runtime is a part of them.
$(VENV)/.stamp-runtime: $(REQ)/runtime.txt $(REQ)/dev.txt $(VENV)/.stamp-venv
	@if [ -e $(VENV)/.stamp-dev ]; then set -- $(REQ)/dev.txt $(REQ)/pdfproof.txt; else set -- $(REQ)/runtime.txt; fi
	$(UV) pip sync --quiet --require-hashes --python $(PY) "$$@"
	touch $@

$(VENV)/.stamp-dev: $(REQ)/dev.txt $(REQ)/pdfproof.txt $(VENV)/.stamp-venv
	@$(UV) pip sync --quiet --require-hashes --python $(PY) $(REQ)/dev.txt $(REQ)/pdfproof.txt
	touch $(VENV)/.stamp-runtime $@

node_modules/.stamp: package.json package-lock.json .npmrc $(BOOT)/.stamp
	@.ci/npm ci --ignore-scripts --loglevel=error
	touch $@

# Babel makes them, so no gettext is needed; `manage.py demo` and the image make them too.
%.mo: %.po | $(VENV)/.stamp-runtime
	@$(PY) -c 'import sys; from babel.messages import mofile, pofile; mofile.write_mo(open(sys.argv[2], "wb"), pofile.read_po(open(sys.argv[1], "rb")))' $< $@

# --- using ------------------------------------------------------------------------------------------------------

run: runtime ## the demonstration, without any server: prints its address and who can sign in
	@VERLEEND_DEMO=1 $(PY) manage.py demo

# No test picked up at all is an error (pytest's exit 5), not a pass; so the two calls stand on their own.
test: setup lint ## every check and test that this machine can carry; says which real parts it ran against
	@.ci/services
	$(PY) -m pytest -q -n 2 --dist loadfile -m "not serial"
	$(PY) -m tests.services -q -n 2 --dist loadfile -m "not serial" $(ON_POSTGRES)
	$(PY) -m pytest -q -m serial

# Where the database itself matters: constraints, triggers, locks, paging and sums. All of tests/ on both would take half an hour.
ON_POSTGRES := tests/figures tests/kernel \
	$(addprefix tests/project/test_,$(addsuffix .py,constraints query_counts two_at_once)) \
	$(addprefix tests/applications/test_,$(addsuffix .py,correcting handling messages paper reminders saving saving_race together work_columns)) \
	$(addprefix tests/applications/files/test_,$(addsuffix .py,frozen partial)) \
	$(addprefix tests/applicants/test_,$(addsuffix .py,inviting mandates signin_pseudonyms)) \
	$(addprefix tests/control/test_,$(addsuffix .py,lesson_pages meetings)) \
	$(addprefix tests/letters/test_,$(addsuffix .py,paper notices text_services)) \
	$(addprefix tests/decisions/test_,$(addsuffix .py,assigning batching dividing paying queue reconciliation signing state_aid work_list))

lint: setup ## style, types, floors of the house, migrations
	@$(VENV)/bin/ruff check .
	VERLEEND_DEMO=1 $(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	VERLEEND_DEMO=1 $(PY) manage.py makemigrations --check --dry-run
	VERLEEND_DEMO=1 $(PY) manage.py check

format: setup ## put the code in its usual form
	@$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

messages: setup ## bring the files of translators up to date with code, pages and regelingen (needs gettext)
	@VERLEEND_DEMO=1 $(PY) manage.py messages

bench: setup ## measurements, and the long fault and load runs
	@$(UV) pip install --quiet --require-hashes --python $(PY) -r $(REQ)/bench.txt
	VERLEEND_DEMO=1 $(PY) -m bench

lock: $(BOOT)/.stamp ## make the lock files anew from requirements/*.in
	@compile() { $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header "$$@"; }
	for name in boot node runtime pdfproof; do
		compile $(REQ)/$$name.in -o $(REQ)/$$name.txt
	done
	compile -c $(REQ)/runtime.txt $(REQ)/dev.in -o $(REQ)/dev.txt
	compile -c $(REQ)/dev.txt $(REQ)/bench.in -o $(REQ)/bench.txt
	.ci/npm install --package-lock-only --ignore-scripts --loglevel=error

clean: ## remove what setup and tests made; var/ with its data stays
	@rm -rf $(BOOT) $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache
