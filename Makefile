# Everything one needs, each in one command. `make help` lists them.
# The environment .venv is made when it is first needed, and brought up to date when pyproject.toml or constraints.txt
# changes. Another Python: make PYTHON=python3.12 demo

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
DEMO := build/demo
STUDY := $(DEMO)/mentoring.reflexa

.PHONY: help demo run test check schema bench soak screenshots wheel libraries clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: libraries  ## build the example study, export its codebook and theme table, open it
	@mkdir -p $(DEMO)
	@$(BIN)/python scripts/make_room.py $(STUDY)
	$(BIN)/reflexa demo $(STUDY)
	$(BIN)/reflexa export codebook $(STUDY) -o $(DEMO)/codebook.docx --force
	$(BIN)/reflexa export codebook $(STUDY) -o $(DEMO)/codebook.xlsx --force
	$(BIN)/reflexa export themes $(STUDY) -o $(DEMO)/themes.docx --force
	$(BIN)/reflexa export themes $(STUDY) -o $(DEMO)/themes.xlsx --force
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(BIN)/reflexa $(STUDY); \
	else \
		echo "There is no display here, so the window was not opened. The study and its outputs are in $(DEMO)/."; \
	fi

run: libraries  ## open the program
	$(BIN)/reflexa

test: libraries  ## run the tests, without a display
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto

check: .venv/ready  ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

schema: .venv/ready  ## write resources/schema.sql anew after a change to the models
	PYTHONPATH=. $(BIN)/python scripts/write_schema.py

bench: libraries  ## measure every action beside its floor; writes build/bench.json
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench

soak: libraries  ## kill the program, cut the power, fill the disk some thousand times; prints the figures (half an hour)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m soak
	QT_QPA_PLATFORM=offscreen REFLEXA_THOROUGH=1 $(BIN)/python -m pytest $$(grep -rl --include=*.py "^from tests.thorough" tests)

screenshots: libraries  ## make the pictures of the documents from the example study
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.screenshots

wheel: .venv/ready  ## build the wheel into dist/, and the example with nothing but the wheel
	rm -rf dist build/lib build/bdist.* build/installed
	$(PIP) wheel --no-deps --wheel-dir dist .
	$(BIN)/python -m venv build/installed
	build/installed/bin/python -m pip -qq --disable-pip-version-check install -c constraints.txt dist/*.whl
	cd build/installed && bin/reflexa demo example.reflexa && bin/reflexa verify example.reflexa

clean:  ## throw away .venv and everything that was built
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# What the commands above stand on.

.venv/ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Reflexa needs Python 3.11 or newer, and none was found here. Please install it and try again."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh scripts/packages.sh $(notdir $(PYTHON))-venv
	@echo "Making .venv with $$($(PYTHON) --version) and the versions in constraints.txt (a minute or two the first time)"
	@$(PYTHON) -m venv .venv
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

libraries: .venv/ready
	@missing=$$($(BIN)/python scripts/libraries.py) && { test -z "$$missing" || sh scripts/packages.sh $$missing; }
