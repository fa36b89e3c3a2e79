# Two commands matter: `make app` opens the app, `make test` passes the tests. Both set up what they need.
PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 2
PYTHONS ?= python3.12 python3.13
BIN := .venv/bin

.PHONY: setup app serve test suite coverage test-pythons lint soak bench load backup-drill train screenshots clean

setup: .venv/app-ready

.venv/python-ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 app")'
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

.venv/app-ready: .venv/python-ready requirements.txt constraints.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev-ready: .venv/app-ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

app: setup
	$(BIN)/streamlit run streamlit_app/app.py --server.port $(PORT)

serve: setup
	$(BIN)/python -m streamlit_app.serving --workers $(WORKERS) --port $(PORT) run

lint: .venv/dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What reads the code runs beside what runs it, for tests in a browser often wait.
test: .venv/dev-ready
	@$(MAKE) --no-print-directory --jobs=2 lint suite

suite: .venv/dev-ready
	$(BIN)/python -m tests.browser.ensure_browser
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

coverage: .venv/dev-ready
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered tests/unit tests/apptest

test-pythons:
	@for python in $(PYTHONS); do \
		if ! $$python --version >/dev/null 2>&1; then echo "$$python is not here: left out"; continue; fi; \
		$$python -m venv .venv-$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])') && \
		bin=.venv-$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])')/bin && \
		$$bin/pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt && \
		$$bin/pip install --quiet --disable-pip-version-check --no-deps -e . && \
		$$bin/pytest -n 2 --dist loadfile tests/unit || exit 1; \
	done

soak: .venv/dev-ready
	$(BIN)/pytest -m soak -n 2

bench: .venv/dev-ready
	$(BIN)/python -m benchmarks

load: .venv/dev-ready
	$(BIN)/python -m benchmarks.load

backup-drill: .venv/dev-ready
	$(BIN)/python -m benchmarks.backup_drill

train: setup
	$(BIN)/python -m forecasting train --area auckland

screenshots: .venv/dev-ready
	$(BIN)/python -m tests.browser.ensure_browser
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf .venv .venv-* *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
