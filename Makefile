# Two commands to begin with: `make run` and `make test`. `make help` lists all.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
INSTALLED := .venv/.installed
MODELS := build/.models
AT_ONCE := -n auto --maxprocesses 8 --dist worksteal

.PHONY: help install run up test check types template format unit infra-test end-to-end bench openapi samples readme lock clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) $(MODELS)  ## Make .venv with everything that the project needs

.venv/bin/python:
	@if python3.13 -c '' 2>/dev/null; then python3.13 -m venv .venv; \
	elif command -v uv >/dev/null; then uv venv --quiet --seed --python 3.13 .venv; \
	else echo "Python 3.13 is needed: install it with pyenv (pyenv install 3.13) or uv (uv python install 3.13), then repeat."; exit 1; fi

$(INSTALLED): .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing what the project needs into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements.lock)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(MODELS): $(INSTALLED) $(wildcard layers/models/*.* layers/models/NOTICES layers/models/weights/*) $(wildcard layers/hiring/python/hiring/skills/*.py) infra/bundling.py
	@$(BIN)/python -m infra.bundling > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/hiring_models.pth"
	@touch $@

run: install  ## The main job on this machine: sample resumes and jobs (or RESUMES=folder JOB=job.json), shortlists, an invitation, its answer
	@$(BIN)/python -m infra.local.run $(if $(RESUMES),--resumes "$(RESUMES)") $(if $(JOB),--job "$(JOB)")

up: install  ## Keep the stack running here; prints its address, a token for each role and requests to try
	@$(BIN)/python -m infra.local.up

test: check unit infra-test end-to-end  ## All checks and all tests

check: install  ## Style, types, the borders between the parts, and the template by cfn-lint and cdk-nag
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=line types template

types: install
	$(BIN)/mypy

template: install
	$(BIN)/python -m pytest tests/infra/test_rules.py
	@$(BIN)/python -m infra.synthesize --platform host >/dev/null  # while types are checked, for the tests from outside

format: install  ## Put all code into the one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

unit: install  ## Unit, property and integration tests
	$(BIN)/python -m pytest $(AT_ONCE) tests/unit tests/properties tests/integration

infra-test: install  ## The template: permissions, encryption, alarms, layers
	$(BIN)/python -m pytest tests/infra --ignore tests/infra/test_rules.py

end-to-end: install  ## The whole stack on this machine
	@$(BIN)/python -m infra.synthesize --platform host >/dev/null
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/end_to_end

bench: install  ## Measure: reading, ranking, scanning
	$(BIN)/python -m tests.benchmarks

openapi: install  ## Write functions/public_links/openapi.json from the handlers
	$(BIN)/python functions/openapi.py

samples: install  ## Make the sample resumes in events/ again
	$(BIN)/python -m events.make_samples

readme: install  ## Run the README's commands and put their output into it
	$(BIN)/python -m infra.local.write_readme

lock: install  ## Resolve the dependencies anew
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.13 --no-annotate --custom-compile-command "make lock" --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.13 --constraint requirements.lock --no-annotate --excludes layers/dependencies/excluded.txt --custom-compile-command "make lock" pyproject.toml -o layers/dependencies/requirements.txt

clean:  ## Remove what was made here: the environment, builds, and the state of the local stack
	rm -rf .venv .local build cdk.out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
