# Every task of the book, one line of intent each. The same commands without make are in README.md.

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; print("$(p)" if (3, 11) <= sys.version_info < (3, 14) else "")' 2>/dev/null)))
BIN := .venv/bin
# The kernel that runs the notebooks: TensorFlow's log stays out of them.
export JUPYTER_PATH := $(CURDIR)/site/jupyter
LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: book test execute questions serve lab bench lock clean

book: .venv/book-installed            ## build the website into _build/html
	$(BIN)/python site/notebooks.py check
	rm -rf _build/html  # or a page that is gone would stay
	$(BIN)/jupyter-book build . -W --keep-going --builder html

test: .venv/all-installed book        ## run every test: library, notebooks, the built site in a browser
	$(BIN)/python tests/kit/chromium.py
	$(BIN)/python -m pytest

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
	$(LOCK) --extra book --extra tensorflow --group site --group lab --group test --constraint requirements-book.txt -o requirements.txt

clean:                                ## remove what the other tasks made
	rm -rf .venv _build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "The book needs Python 3.11, 3.12 or 3.13, and none is on the PATH. Install one, or run: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"The book needs Python 3.11, 3.12 or 3.13; $(PYTHON) is {v.major}.{v.minor}. Run: make PYTHON=/path/to/python")'
	$(PYTHON) -m venv .venv

# A stamp for each lock. The second lock holds all of the first, so that installing it makes both stamps.
.venv/book-installed: requirements-book.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the site needs"
	$(BIN)/pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements-book.txt
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/all-installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the notebooks and tests need, TensorFlow included: some minutes"
	$(BIN)/pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements.txt
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch .venv/book-installed $@
