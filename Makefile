# Everything one needs, each in one command. `make help` lists them.
# The environment .venv is made when it is first needed and again when pyproject.toml or constraints.txt change.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
DEMO := build/demo

.PHONY: help demo run test check bench screenshots libraries clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Reflexa needs Python 3.11 or newer; none was found. Install it and try again."; exit 1; }
	$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch .venv/ready

libraries: .venv/ready
	@$(BIN)/python scripts/libraries.py

demo: libraries  ## build the example study, export its codebook and theme table, open it
	@mkdir -p $(DEMO)
	@rm -f $(DEMO)/mentoring.reflexa $(DEMO)/mentoring.reflexa.lock
	$(BIN)/reflexa demo $(DEMO)/mentoring.reflexa
	$(BIN)/reflexa export codebook $(DEMO)/mentoring.reflexa -o $(DEMO)/codebook.docx --force
	$(BIN)/reflexa export codebook $(DEMO)/mentoring.reflexa -o $(DEMO)/codebook.xlsx --force
	$(BIN)/reflexa export themes $(DEMO)/mentoring.reflexa -o $(DEMO)/themes.docx --force
	$(BIN)/reflexa export themes $(DEMO)/mentoring.reflexa -o $(DEMO)/themes.xlsx --force
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(BIN)/reflexa $(DEMO)/mentoring.reflexa; \
	else \
		echo "There is no display here, so the window was not opened. The study and its outputs are in $(DEMO)/."; \
	fi

run: libraries  ## open the program
	$(BIN)/reflexa

test: libraries  ## run the tests, without a display
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

check: .venv/ready  ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: libraries  ## measure every action beside its floor; writes build/bench.json
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench

screenshots: libraries  ## make the pictures of the documents from the example study
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.screenshots

clean:  ## throw away what was built
	rm -rf build dist .venv *.egg-info .pytest_cache .mypy_cache .ruff_cache
