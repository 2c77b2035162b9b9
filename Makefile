# Thin: each target is one command that also works without make.
.PHONY: run test bench preuves lint migration verrou
PYTHON ?= python3
BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
          --generate-hashes --no-header --no-annotate --quiet

run:            ## web and worker on 127.0.0.1:8000, demo data when the database is empty
	$(PYTHON) run.py

test:           ## all tests, with coverage
	$(PYTHON) run.py test

bench:          ## the measures of docs/performance.md
	$(PYTHON) run.py bench

migration:      ## a draft from the models: make migration m="une phrase"; read it before you keep it
	$(BIN)/mse migrer --brouillon "$(m)"

preuves:        ## the proofs of docs/fiabilite.md
	$(PYTHON) run.py preuves

lint:           ## style, types, layers, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint templates
	$(BIN)/djangofmt --check templates

verrou:         ## hashed locks without host names; versions already locked stay (UPGRADE=--upgrade moves them)
	$(COMPILE) $(UPGRADE) -o requirements/core.txt
	$(COMPILE) $(UPGRADE) -c requirements/core.txt --all-extras -o requirements/dev.txt
	$(COMPILE) $(UPGRADE) -c requirements/core.txt --extra postgres --extra pdf -o requirements/all.txt
	! grep -nE '://|index-url|find-links' requirements/*.txt
