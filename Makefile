# The project's commands for systems with make; `make.py` does the work, and on others
# `python make.py report` does the same.

STUDY ?=                 # a name under data/ or a folder; FRAMING_STUDY does the same
# For `make train`: a folder with labelled sentences, and plain text files of further news.
DATA ?=
TEXTS ?=

# The first Python on this machine that the project runs on; `make PYTHON=...` overrides.
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(SUPPORTED)' 2>/dev/null && echo $$p && break; done)

COMMANDS := setup report test notebooks lab lint format lock train test-training clean
export STUDY

.PHONY: help $(COMMANDS)

help:
	@echo "make setup      make the environment .venv, and nothing else"
	@echo "make report     run every notebook; leaves report, write-up, figures and tables in build/<study>"
	@echo "make test       run the tests: the fast ones first"
	@echo "make lab        explore in JupyterLab"
	@echo "make notebooks  rerun the notebooks in place, to commit their outputs"
	@echo "make lint       check style;  make format mends it"
	@echo "make lock       pin the newest versions that pyproject.toml allows"
	@echo "make train      learn the target model again: DATA=folder TEXTS='files' (about three hours)"
	@echo "make test-training  test how the target model is learnt, with torch"
	@echo "make clean      remove what these commands made"
	@echo "Another study: make report STUDY=folder, make lab STUDY=folder"

$(COMMANDS):
	@test -n "$(PYTHON)" || (echo "This project needs Python 3.11 to 3.14." \
		"Install one of them, or name it: make PYTHON=/path/to/python3.11" && exit 1)
	@"$(PYTHON)" make.py $@ $(if $(strip $(DATA)),--data "$(strip $(DATA))") $(if $(strip $(TEXTS)),--texts $(TEXTS))
