# `make app` opens the app, `make test` runs every test. Both set up .venv first; nothing else is needed.
PYTHON ?= python3
BIN := .venv/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: app test lint clean

app: .venv/.app
	$(BIN)/streamlit run app.py

# The first run compiles the engine, which several tests at a time would each do again. Files are taken in
# the order that tests/conftest.py gives them.
test: .venv/.test
	@$(BIN)/loops stress common_purpose --worlds 64 --seed 1 >/dev/null
	$(BIN)/python -m pytest --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

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
