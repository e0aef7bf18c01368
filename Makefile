# Every target works in a fresh clone; `make install` does nothing when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
CODE := $(wildcard cds_service hooks tests bench)

.DEFAULT_GOAL := help
.PHONY: help install run test coverage check fix bench peers bench-peers scale soak servers fuzz mutants lock sbom audit clean

help: ## show the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST)

install: $(STAMP) ## create .venv with the locked dependencies and this package

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

run: install ## start the service, the demo chart and the console
	$(BIN)/cds-service demo

test: install ## run every test
	$(BIN)/python -m pytest --quiet --numprocesses auto

coverage: install ## run every test; fail unless every branch of the pure core was taken
	$(BIN)/python -m pytest --quiet --numprocesses auto --cov

check: install ## lint, format, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(BIN)/python -m pytest --quiet tests/test_architecture.py tests/test_shape.py

fix: install ## repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## run the benchmarks
	$(BIN)/python -m bench

soak: install ## 110,000 calls: memory, open files and threads have to stay flat
	$(BIN)/python -m bench.soak

build/healthchain:
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet 'healthchain>=0.16' 'uvicorn>=0.30'

build/express:
	command -v npm >/dev/null || { echo 'node and npm are needed for Express'; exit 1; }
	npm install --silent --no-save --no-audit --no-fund --prefix $@ express@5

build/plots:
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet 'matplotlib>=3.9'

peers: install build/healthchain build/express build/plots ## the service against HealthChain, bare Flask and Express
	$(BIN)/python -m bench.peers
	build/plots/bin/python -m bench.plots

scale: install build/plots ## latency against load, throughput against size and workers
	$(BIN)/python -m bench.scale
	build/plots/bin/python -m bench.plots

# The name that was asked for first.
bench-peers: peers

# One tool beside all that the lock names, in an environment of its own, with this package.
define beside
	rm -rf $@
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$@/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$@/bin/python -m pip install --quiet '$(1)'
	touch $@
endef

build/granian: requirements.lock
	$(call beside,granian>=2.8)

# Where it has no wheel for this Python, it is built with clang.
build/fuzz: requirements.lock
	$(call beside,atheris>=3)

build/mutants: requirements.lock
	$(call beside,mutmut>=3.8)

# Half the tests of the server fail under Granian, which is what they are here to show.
servers: build/granian ## the server's tests and its cost under Granian, to compare
	-TEST_SERVER=bench.granian_server build/granian/bin/python -m pytest --quiet \
	    --tb=no tests/robustness/test_server.py tests/robustness/test_reload.py
	build/granian/bin/python -m bench.servers

FUZZ_SECONDS ?= 300

fuzz: build/fuzz ## look for five minutes for a request that makes a fault
	build/fuzz/bin/python -m tests.fuzz.calls build/corpus -max_total_time=$(FUZZ_SECONDS)

# What it finds stays in mutants/ until the next run.
mutants: build/mutants ## change the code in 3,700 places, one by one: do tests notice?
	rm -rf mutants
	build/mutants/bin/mutmut run --max-children 2
	-build/mutants/bin/mutmut results

# pip's own settings are put aside, so that no index or path of one machine gets in.
lock: install ## resolve the dependencies anew into requirements.lock
	$(BIN)/python -m pip install --quiet pip-tools
	env -u PIP_FIND_LINKS -u PIP_CONSTRAINT PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --upgrade --extra dev --extra postgresql \
	    --generate-hashes --allow-unsafe --no-strip-extras --no-annotate \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    --no-emit-options --output-file requirements.lock pyproject.toml

# What serves, and no tool of ours, at the versions of the lock.
build/serve: requirements.lock pyproject.toml
	rm -rf $@
	$(PYTHON) -m venv $@
	sed -n 's/^\([a-z0-9._-]*\)\(\[[a-z,]*\]\)*\(==[^ ;]*\).*/\1\3/p' requirements.lock > $@/constraints.txt
	$@/bin/python -m pip install --quiet --constraint $@/constraints.txt '.[postgresql]'
	$@/bin/python -m pip uninstall --quiet --yes setuptools
	touch $@

build/tools:
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet 'cyclonedx-bom>=7' 'pip-audit>=2.9' 'pip-licenses>=5'

sbom: build/serve build/tools ## write what serves into build/sbom.json, its licences into build/licences.md
	build/tools/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	    --output-file build/sbom.json build/serve/bin/python
	build/tools/bin/pip-licenses --python build/serve/bin/python --from=mixed --order=license \
	    --format=markdown --with-urls --output-file=build/licences.md

audit: build/tools ## hold the lock against public advisories; fails where they cannot be had
	rm -f build/audit.json
	-build/tools/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip \
	    --progress-spinner off --format json --output build/audit.json
	@$(PYTHON) .ci/audit.py build/audit.json

clean: ## remove everything that was made
	rm -rf .venv build dist mutants .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
