# make run    the site with its demonstration on http://127.0.0.1:8000 (PORT= for another)
# make test   the whole suite on SQLite and PostgreSQL, browser tests when a Chromium is found
# make setup, make bench [ROOM=meetings], make lint
# State lives in EKSPORA_HOME (default: var/ beside this file). Works with GNU make 3.81.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
STAGE ?=
ROOM ?=
export EKSPORA_HOME ?= $(CURDIR)/var
export PORT

.PHONY: run test bench lint setup clean catalogues

run: setup
	@EKSPORA_DEMO=1 $(PY) -m ekspora demo --if-empty $(if $(STAGE),--stage $(STAGE))
	@EKSPORA_DEMO=1 $(PY) -m ekspora serve

setup: $(VENV)/ready

test: $(VENV)/ready-dev
	@$(PY) -m tests.run

bench: $(VENV)/ready-dev
	@$(PY) -m benchmarks $(ROOM)

lint: $(VENV)/ready-dev
	$(VENV)/bin/ruff check src tests benchmarks
	$(VENV)/bin/ruff format --check src tests benchmarks
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	$(PY) -m ekspora.ui.catalogues check

# The catalogues are compiled here (with Babel), so that no system gettext is needed, and so are the loops of the
# timetable, so that the first one does not wait.
$(VENV)/ready: requirements.lock pyproject.toml Makefile src/ekspora/*/locale/*/LC_MESSAGES/*.po
	@sh setup/environment.sh $(VENV) requirements.lock
	@$(PY) -m ekspora.ui.catalogues compile
	@$(PY) -c "from ekspora.engines.meetings.ready import prepare; prepare()"
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	@sh setup/environment.sh $(VENV) requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV)
