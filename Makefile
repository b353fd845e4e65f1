# Two commands matter: `make demo` and `make test`. Both set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORDS := $(patsubst %.po,%.mo,$(wildcard */locale/*/LC_MESSAGES/*.po))

.PHONY: demo test setup words check screens clean

demo: setup
	$(BIN)/python -m demo

test: setup check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

setup: $(STAMP) words

$(STAMP): pyproject.toml tools/setup.sh
	PYTHON=$(PYTHON) sh tools/setup.sh $(VENV)
	touch $(STAMP)

words: $(STAMP) $(WORDS)

%.mo: %.po
	$(BIN)/pybabel -q compile -i $< -o $@

check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.kvlint mobile
	$(BIN)/python -m checklists validate

screens: setup
	$(BIN)/python -m demo.gallery

clean:
	rm -rf build $(VENV)
