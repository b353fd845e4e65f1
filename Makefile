# Two commands matter: `make demo` and `make test`. Both set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORDS := $(patsubst %.po,%.mo,$(wildcard */locale/*/LC_MESSAGES/*.po))

LOCKS := tablet server dev
UV := uv>=0.13,<0.14

# Servers and tablets are started hundreds of times in a run: they must not compile everything anew each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test fuzz fuzz-api chaos soak bench s3 setup words check screens journeys lock sbom licences bundle bundle-check clean

demo: setup
	$(BIN)/python -m demo

# The tablet's tests look for garbage before each test, so they have processes of their own: what an office's tests leave
# would be gone through thousands of times. The office's wait for servers, browsers and databases of their own: one more of
# them runs at once. Each worker reads all tests of its part, so that more of them only cost.
WORKERS ?= $(shell nproc)
OFFICE_WORKERS ?= $(shell expr $$(nproc) + 1)
PYTEST = sh tools/in_memory.sh $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder
TABLET := tests/mobile tests/checklists
# The checks and the tablet's tests never wait. They run beside the office's tests on what these leave of the cores, so
# that no test of time shares a core with them as an equal, and say what they found after these.
BESIDE = nice -n 10
CHECKED = build/check.txt
TABLETS = build/tablet.txt
# Before all tests one process reads every module, so that what is new is compiled once and not by each worker.
READ = build/read.txt
test: setup
	mkdir -p $(dir $(CHECKED)); trap 'trap - INT; kill 0' INT; code=0; \
	$(BESIDE) $(MAKE) check >$(CHECKED) 2>&1 & checking=$$!; \
	$(BIN)/python -m pytest --collect-only -qq tests >$(READ) 2>&1 || cat $(READ); \
	$(BESIDE) $(PYTEST) -n $(WORKERS) $(TABLET) >$(TABLETS) 2>&1 & tablet=$$!; \
	$(PYTEST) -n $(OFFICE_WORKERS) tests $(TABLET:%=--ignore %) || code=1; \
	wait $$tablet || code=1; cat $(TABLETS); wait $$checking || code=1; cat $(CHECKED); exit $$code

# Odd records by the thousand on both engines; the last line says in JSON what was found.
N ?= 2000
fuzz: setup
	$(BIN)/python -m tests.fuzz --tries $(N)

# Many more requests of every kind against the office's own description of its link, other ones each time.
fuzz-api: setup
	LUJIAN_FUZZ_EXAMPLES=2000 $(BIN)/python -m pytest -n auto tests/server/test_openapi.py

setup: $(STAMP) words

$(STAMP): pyproject.toml tools/setup.sh locks/uv.txt locks/dev.txt
	PYTHON=$(PYTHON) sh tools/setup.sh $(VENV)
	touch $(STAMP)

words: $(STAMP) $(WORDS)

%.mo: %.po
	$(BIN)/pybabel -q compile -i $< -o $@

check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.kvlint mobile
	$(BIN)/python -m checklists validate

# Kills, restarts, full disks and a crowd of idle connections; nothing that was acknowledged may be missing.
chaos: setup
	$(BIN)/python -m tools.chaos $(CHAOS)

# The link on its worst days, real tablets and a line that does everything a line can do; the last line says what was missing.
soak: N = 1000
soak: setup
	$(BIN)/python -m tools.soak --checks $(N)

# Every benchmark that makes sense in minutes, twelve in all; figures in build/bench as JSON, and a page beside the run before.
bench: setup
	$(BIN)/python -m benchmarks $(BENCH)

# The tests of photos in a bucket, against OpenStack Swift instead of moto.
s3: setup
	$(BIN)/python -m tools.swift pytest tests/server/intake/test_photo_store.py

screens: setup
	$(BIN)/python -m demo.gallery

# What a supervisor and a law administrator do all day, in a browser, each with what they would check.
journeys: setup
	$(BIN)/python -m demo.journeys $(ONLY)

# Every version and digest that a side is installed with, for Python 3.11 to 3.13 on every system.
lock: setup
	lock() { $(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 "$$@"; }; \
	echo '$(UV)' | lock - -o locks/uv.txt && \
	for side in $(LOCKS); do lock --extra $$side pyproject.toml -o locks/$$side.txt || exit 1; done

sbom: setup
	mkdir -p build
	for side in $(LOCKS); do $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
	    -o build/sbom-$$side.json locks/$$side.txt || exit 1; done

licences: setup
	$(BIN)/python -m tools.licences

# Everything that an office is installed with, in one file that needs no network; of this machine's Python and processor.
bundle: setup
	$(BIN)/python -m tools.bundle

# Installs, upgrades and goes back from the bundle where there is no route to anywhere.
bundle-check: bundle
	unshare -r -n $(BIN)/python -m tools.bundle.trial

clean:
	rm -rf build $(VENV)
