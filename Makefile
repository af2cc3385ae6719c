# Works from a bare machine: Python 3.11 or newer, make and git. `make help` says what there is.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SERVE ?= 1
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help demo test check fix bench docs clean theme test-axe
help: ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

$(READY): requirements.lock requirements-uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Folkmoot needs Python 3.11 or newer; say PYTHON=python3.12, say.")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r requirements-uv.lock
	$(BIN)/uv pip install -q --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	touch $@

demo: $(READY) ## tell the demo town's story and serve it on 127.0.0.1:8000 (PORT=, HOST=, SERVE=0)
	FOLKMOOT_DATA=$${FOLKMOOT_DATA:-var/demo} $(BIN)/folkmoot demo --host $(HOST) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

check: $(READY) ## lint, format, import contracts and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

test: check ## everything that CI runs, the journeys in a browser included
	$(BIN)/pytest -m "not journey" -n 2 --dist loadfile --no-loadscope-reorder
	@tests/postgres/ad-hoc tests/postgres/second-pass $(BIN); postgres=$$?; \
	test $$postgres = 0 -o $$postgres = 69 || exit $$postgres; \
	chromium=$$(tests/journeys/find-chromium $(BIN)); \
	FOLKMOOT_CHROMIUM="$$chromium" $(BIN)/pytest tests/journeys; status=$$?; \
	test -n "$$chromium" || echo "No browser was found, so the journeys were skipped."; \
	test $$postgres = 0 || echo "No PostgreSQL was found, so the rooms were tested on SQLite alone."; \
	exit $$status

test-axe: $(READY) ## accessibility of every page, role, scheme and width (slower)
	FOLKMOOT_CHROMIUM=$$(tests/journeys/find-chromium $(BIN)) FOLKMOOT_AXE=all $(BIN)/pytest tests/journeys -k axe

fix: $(READY) ## format, and mend what lint can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## measure against the peers (ONLY=name), write benchmarks/latest.json
	$(BIN)/python -m benchmarks $(ONLY)

docs: $(READY) ## make the generated pages of the guide again
	$(BIN)/python -m folkmoot.cli.reference

theme: ## compile GOV.UK Frontend again (needs node; the result is committed)
	theme/build

clean: ## remove what make built
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
