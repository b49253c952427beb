# make demo    build a database from the sample articles and serve it (ARTICLES=folder, PORT=8001)
# make test    run the tests
# make check   style and types
# make bench   measure speed
# make model   train the embedded French model (see `quotes train --help`)
# make clean   remove everything that was made here
#
# Everything is installed into .venv, again only when setup.cfg or constraints.txt change. On Linux, PyPI's torch
# brings several gigabytes of GPU libraries; with internet access, this takes the CPU build instead:
#     make demo TORCH_INDEX=https://download.pytorch.org/whl/cpu

PYTHON ?= python3
VENV ?= .venv
ARTICLES ?= data/sample
PORT ?= 8001
TORCH_INDEX ?=
PYTEST_OPTIONS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check bench model clean
.DELETE_ON_ERROR:

demo: $(VENV)/installed-base
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && trap 'exit 0' INT TERM && \
	$(BIN)/quotes build $(ARTICLES) -o "$$folder/quotes.db" && \
	$(BIN)/quotes serve "$$folder/quotes.db" --port $(PORT)

test: $(VENV)/installed-test
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/installed-test
	$(BIN)/python -m benchmarks

model: $(VENV)/installed-base
	$(BIN)/quotes train

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "quotes needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	{ rm -rf $(VENV); echo "No virtual environment could be made (on Debian: apt install python3-venv)." >&2; exit 1; }

$(VENV)/installed-torch: $(BIN)/python constraints.txt
	$(if $(TORCH_INDEX),$(PIP) install --quiet --index-url $(TORCH_INDEX) $$(grep '^torch==' constraints.txt))
	@touch $@

$(VENV)/installed-base: $(VENV)/installed-torch setup.cfg constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-%: $(VENV)/installed-torch setup.cfg constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable '.[$*]'
	@touch $@ $(VENV)/installed-base
