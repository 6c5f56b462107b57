# The workflow, executable. `make` alone lists the targets; each has its ## text.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INTEROP := .venv-interop
FLOOR := .venv-floor
PEERS := .venv-bench
VIEWER := replaywebpage@2.4.6
SERVE ?= 1
PORT ?= 8001
TRIALS ?= 300
MOMENTS ?= 10
N ?= 500

GENERATED := docs/reference.md docs/data-model.md docs/outcomes.md

.PHONY: help setup demo test lint types docs reference pictures unit year alike crash bits cluster bench format floor clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## the program and what its tests need, in .venv

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@echo "fetching what the program and its tests need into $(VENV): once, some minutes"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# pywb and wacz pin old versions of what we use, so they live apart; the viewer (AGPL) is for a test alone
$(INTEROP)/.ready: tests/interop/requirements.txt
	$(PYTHON) -m venv $(INTEROP)
	$(INTEROP)/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/interop/requirements.txt
	-mkdir -p $(INTEROP)/replaywebpage && cd $(INTEROP)/replaywebpage && npm pack --silent $(VIEWER) && tar -xzf *.tgz
	touch $@

demo: $(VENV)/.ready ## a year of work on the bundled replica, then datasette (SERVE=0: end after the summary)
	$(BIN)/python -m tests.demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: lint types docs unit ## everything CI checks

lint: $(VENV)/.ready ## formatting, lint, and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/.ready ## mypy, strict
	$(BIN)/mypy

docs: $(VENV)/.ready ## the generated parts of docs/ are up to date (repair: make reference)
	$(BIN)/cog -I . --check $(GENERATED)

reference: $(VENV)/.ready ## write the generated parts of docs/
	$(BIN)/cog -I . -r $(GENERATED)

pictures: $(VENV)/.ready ## the pictures of docs/, taken of the demo's pages in Chromium
	$(BIN)/python -m tests.docs.pictures $(if $(DATA),--data $(DATA))

unit: $(VENV)/.ready $(INTEROP)/.ready ## the tests
	$(BIN)/pytest

year: $(VENV)/.ready ## a simulated year of 334 labelled sources through the real engine, with its confusion matrix (6 minutes)
	ISW_ARCHIVE_TEST_YEAR=whole $(BIN)/pytest -n 0 -s tests/whole/test_year.py

crash: $(VENV)/.ready ## commands killed at seeded moments, then cuts of the power (TRIALS=300 SEED=1, or ONLY=number of one trial)
	$(BIN)/python -m tests.crash --trials $(TRIALS) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))
	$(if $(ONLY),,$(BIN)/python -m tests.crash.power)

bits: $(VENV)/.ready ## single bits changed in archive, backup and dossier, each to be found (N=500 SEED=1)
	BITS=$(N) SEED=$(or $(SEED),1) $(BIN)/pytest -n 0 -s tests/whole/test_verify.py tests/whole/test_backup.py tests/archive/test_dossier.py -k bit

cluster: $(VENV)/.ready ## planner, workers and indexer over a real PostgreSQL, then killed and cut off at ten moments a trial (MOMENTS=10 trials SEED=1; an hour)
	ISW_ARCHIVE_TEST_CLUSTER=whole $(BIN)/pytest -n 0 tests/cluster
	$(BIN)/python -m tests.cluster.moments --trials $(MOMENTS) $(if $(SEED),--seed $(SEED))

alike: $(VENV)/.ready ## near pictures and videos: precision and recall over all generated pairs (ten minutes)
	ISW_ARCHIVE_TEST_ALIKE=whole $(BIN)/pytest -n 0 -s tests/pipeline/test_near_media.py tests/pipeline/test_near_videos.py

# what `make bench` measures beside us; what cannot be installed is said not to be there
$(PEERS)/.ready: tests/bench/beside/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	-$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check uv && $(PEERS)/bin/uv pip install --quiet --python $(PEERS)/bin/python --requirement $<
	touch $@

bench: $(VENV)/.ready $(PEERS)/.ready ## figures beside other programs, as ratios within one run (SAVED=folder of saved pages, PARTS="names"; 15 minutes)
	$(BIN)/python -m tests.bench $(PARTS) $(if $(SAVED),--saved $(SAVED))

format: $(VENV)/.ready ## format and repair what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

floor: ## the tests with the oldest versions that pyproject.toml allows
	$(PYTHON) -m venv $(FLOOR)
	$(FLOOR)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(FLOOR)/bin/uv pip install --quiet --python $(FLOOR)/bin/python --resolution lowest-direct --editable '.[dev]'
	$(FLOOR)/bin/python -m pytest

clean: ## remove what the targets above made
	rm -rf $(VENV) $(INTEROP) $(FLOOR) $(PEERS) demo-data .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
