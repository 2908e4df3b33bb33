# What a newcomer types: `make demo` and `make test`. `make help` lists the rest.
# Needs nothing but make, a POSIX shell and Python 3.11, 3.12 or 3.13 with venv.

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check audit fix bench bench-peers lock setup-system
.DELETE_ON_ERROR:
# Both environments are installed side by side; nothing else here can be.
MAKEFLAGS += --jobs=2

BIN := .venv/bin
RUNS := .venv/.runs
TESTS := .venv/.tests
# Programs run beside reunir: the locks would not agree in one environment.
TOOLS := .venv-tools/.installed
# Programs reunir is measured against, in an environment of their own.
PEERS := .venv-peers/.installed
PEERS_NEED := tests/benchmarks/peers/linking-requirements.txt

# pip stays calm, and takes its packages from wherever this machine is told to take them.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# What is never imported is never compiled: that would be two thirds of it. What is imported is
# compiled once, not by each of the many processes that the tests begin.
unexport PYTHONDONTWRITEBYTECODE
PIP_QUIETLY := -m pip install --quiet --quiet --no-compile
PIP_INSTALL := $(BIN)/python $(PIP_QUIETLY)
# The project itself: its dependencies stand in the lock, and its build tool too.
INSTALL_PROJECT := $(PIP_INSTALL) --no-deps --no-build-isolation --editable .

# Said before a wait, so that a quiet terminal is not taken for a stuck one.
SAY := @printf '%s\n'

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNS) ## Set everything up, load the demonstration, and serve it on http://127.0.0.1:8000
	@$(BIN)/reunir demo

# Counting lines doubles the time of every library too. So it is done where it decides, and the
# rest, most of it asked through pages, runs without. A new folder stands in the rest by itself.
# The longest files come first (tests/division.py), not those of most tests.
WIDELY := -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"
# What compiles all kernels, so that no compiler runs where lines are counted: there it takes
# three times as long. The first two share no kernel, and are compiled at the same time.
COMPILING := $(addprefix tests/matching/,search/test_all_pairs.py linking/test_linking.py \
  search/test_divided.py packing/test_kinds.py linking/test_comparing.py search/test_warm.py \
  joint/test_reasoning.py names/test_names_taken_apart.py)
ALSO_MEASURED := tests/casework/exports tests/casework/oversight tests/casework/signin
# Worlds made at random, asked through pages or as everybody: they reach no line of their own.
ASKED_WIDELY := $(wildcard tests/privacy/test_r0* tests/privacy/test_r1*) \
  tests/privacy/policy/test_condition_equals_decision.py
MEASURED := $(filter-out $(ASKED_WIDELY) tests/privacy/policy %/__pycache__, \
  tests/matching $(wildcard tests/privacy/* tests/privacy/policy/test_*) $(ALSO_MEASURED))
REST := $(filter-out $(ALSO_MEASURED) tests/casework tests/matching tests/privacy \
  tests/conftest.py tests/builders.py tests/division.py tests/again.py %/__pycache__ %/canaries.py %/walking.py, \
  $(wildcard tests/* tests/casework/*)) $(ASKED_WIDELY)

test: $(TESTS) $(TOOLS) setup-system ## Run the tests; privacy/ and matching/ must be covered whole
	$(SAY) 'Compiling the kernels (minutes when watched by coverage, seconds when not) …'
	@$(BIN)/python -m pytest -q -p no:cacheprovider -p no:randomly $(WIDELY) $(COMPILING)
	@$(BIN)/python -m coverage erase
	$(SAY) 'Trying privacy/ and matching/, counting the lines that are reached; then all else …'
	@whole=yes; \
	$(BIN)/python -m coverage run -m pytest $(WIDELY) $(MEASURED) || whole=no; \
	$(BIN)/python -m coverage combine --quiet || whole=no; \
	$(BIN)/python -m pytest $(WIDELY) $(REST) || whole=no; \
	$(BIN)/python -m coverage report --include='privacy/*,matching/*' --fail-under=100 || whole=no; \
	[ $$whole = yes ]

test-slow: $(TESTS) $(TOOLS) setup-system ## Run the wide and slow checks
	@$(BIN)/python -m pytest -m slow

check: $(TESTS) $(TOOLS) ## Run all that CI checks without running the product
	@$(BIN)/poe check

audit: $(TOOLS) ## Ask whether a locked version is known to be unsafe (needs the network)
	@.ci/audit

fix: $(TESTS) ## Tidy what a tool can tidy
	@$(BIN)/poe fix

bench: $(TESTS) ## Measure; the figures go to the terminal with this machine's description
	@for bench in tests/benchmarks/*.py; do \
	  printf '\n== %s\n' "$$bench"; \
	  $(BIN)/python -m "tests.benchmarks.$$(basename "$$bench" .py)" || exit 1; done

# QUICK=--quick for about ten minutes; PAGE=--page=docs/… writes the tables into that page.
bench-peers: $(TESTS) $(PEERS) ## Measure beside other programs for linking and matching, in one run
	@$(BIN)/python -m tests.benchmarks.peers.measure --peers .venv-peers/bin/python $(QUICK) $(PAGE)

lock: ## Renew both locks from pyproject.toml (needs uv)
	@.ci/lock

# A stamp is newer than what it was made from, so a second run starts at once.
$(RUNS): requirements.lock pyproject.toml | .venv/.made
	$(SAY) 'Installing what reunir needs into .venv (once; a minute or two) …'
	@$(PIP_INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(TESTS): requirements-dev.lock pyproject.toml | .venv/.made
	$(SAY) 'Installing what reunir and its tests need into .venv (once; a minute or two) …'
	@$(PIP_INSTALL) --require-hashes --requirement requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(TOOLS): requirements-tools.lock | .venv/.made
	$(SAY) 'Installing the programs that watch over reunir into .venv-tools (once) …'
	@$(BIN)/python -m venv --clear .venv-tools
	@.venv-tools/bin/python $(PIP_QUIETLY) --require-hashes --requirement requirements-tools.lock
	@touch $@

$(PEERS): $(PEERS_NEED) | .venv/.made
	$(SAY) 'Installing the programs reunir is measured against into .venv-peers (once) …'
	@$(BIN)/python -m venv --clear .venv-peers
	@.venv-peers/bin/python $(PIP_QUIETLY) --requirement $(PEERS_NEED)
	@touch $@

# numba, which compiles the engine, decides which Pythons can be used. A working .venv is kept.
USABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

.venv/.made:
	@if $(BIN)/python -c '$(USABLE)' 2>/dev/null && $(BIN)/python -m pip --version >/dev/null 2>&1; \
	then touch $@; exit 0; fi; \
	found=; \
	for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  "$$python" -c '$(USABLE)' 2>/dev/null || continue; \
	  found=$$python; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  printf 'Making .venv with %s …\n' "$$("$$python" --version)"; \
	  "$$python" -m venv --clear .venv && touch $@ && exit 0; \
	  printf 'The environment .venv could not be made. Look at the lines above; is the disk full?\n' >&2; \
	  exit 1; \
	done; \
	if [ -n "$$found" ]; then \
	  printf '%s is here, but its module venv is not. Install it (Debian: apt install python3-venv) and run make again.\n' "$$found" >&2; \
	else \
	  printf 'reunir needs Python 3.11, 3.12 or 3.13, and found none. Install one (Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3.12\n' >&2; \
	fi; \
	exit 1

# Documents need Pango, the browser tests Chromium; pip cannot bring either.
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
CHROMIUM := chromium chromium-browser google-chrome

setup-system: $(TESTS)
	@wanted=; \
	$(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 || wanted='$(PANGO)'; \
	for browser in $(CHROMIUM); do command -v "$$browser" >/dev/null 2>&1 && browser=found && break; done; \
	[ "$$browser" = found ] || wanted="$$wanted chromium"; \
	[ -n "$$wanted" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then may=; elif sudo -n true 2>/dev/null; then may=sudo; else may=no; fi; \
	if [ "$$may" != no ] && command -v apt-get >/dev/null 2>&1; then \
	  printf 'Installing %s with apt …\n' "$$wanted"; \
	  $$may apt-get update -qq && \
	  $$may env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$wanted >/dev/null \
	  && exit 0; \
	fi; \
	printf 'Some tests need system packages that could not be installed from here, and will fail until they are:\n  sudo apt-get install%s\n' " $$wanted" >&2
