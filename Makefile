# `make app` opens the app, `make test` runs every test. Both set up .venv first; nothing else is needed.
PYTHON ?= python3
BIN := .venv/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# one more than there are processors: a browser's test mostly waits for its server
WORKERS = $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 1, 4))')

.PHONY: app test lint clean

app: .venv/.app
	$(BIN)/streamlit run app.py

# The first run compiles the engine, which several tests at a time would each do again. Files are taken in
# their order: those that need a browser stand first, and so never wait until the others are done.
test: .venv/.test
	@$(BIN)/loops stress common_purpose --worlds 64 --seed 1 >/dev/null
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.venv/.app: .venv/.made
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/.test: .venv/.made
	$(BIN)/pip install --quiet --editable '.[test,lint,calibrate]'
	@touch $@

.venv/.made: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Name one: make app PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

clean:
	rm -rf .venv
