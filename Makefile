# Two commands, `make demo` and `make test`; both make the environment they need from Python and the package index.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLOORS := .venv-floors
READY := $(VENV)/.ready
# One version, so that pip prefers its CPU build, 2.13.0+cpu, to a later one with CUDA.
TORCH ?= torch==2.13.0
PAGE := kl_is_constant_plus_nll

.PHONY: demo test sweep frameworks floors golden proofs site clean

demo: $(READY)
	$(BIN)/deltasift check $(PAGE)
	$(BIN)/deltasift show $(PAGE)
	$(BIN)/deltasift show $(PAGE) --format document -o out/$(PAGE).tex
	$(BIN)/deltasift play $(PAGE) -o out/$(PAGE).html
	@rm -f out/$(PAGE).pdf
	-$(BIN)/deltasift show $(PAGE) --format pdf -o out/$(PAGE).pdf
	@echo
	@echo "The page to play with, in a browser:  out/$(PAGE).html"
	@echo "  $(PYTHON) -m webbrowser 'file://$(CURDIR)/out/$(PAGE).html'"
	@if test -f out/$(PAGE).pdf; then \
	  echo "The document, in a PDF reader:        out/$(PAGE).pdf"; \
	  echo "  $(PYTHON) -m webbrowser 'file://$(CURDIR)/out/$(PAGE).pdf'"; \
	else \
	  echo "The document, for TeX:                out/$(PAGE).tex"; \
	  echo "  pdflatex -output-directory out out/$(PAGE).tex"; \
	fi

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup
	$(BIN)/pytest derivations -n 2 --dist loadfile

# The cases of which the suite has a sample.
sweep: $(READY)
	$(BIN)/pytest -n 2 --dist loadgroup -m sweep

frameworks: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[torch,jax,optax]' '$(TORCH)'

# The lowest versions that pyproject.toml allows, in an environment of their own, pass the suite.
floors:
	test -x $(FLOORS)/bin/python || $(PYTHON) -m venv $(FLOORS)
	$(PYTHON) .ci/floors.py > $(FLOORS)/requirements.txt
	$(FLOORS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(FLOORS)/requirements.txt
	$(FLOORS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(FLOORS)/bin/pytest -n 2

golden: $(READY)
	$(BIN)/pytest tests/render --update-golden

proofs: $(READY)
	$(BIN)/python -m proofs --keep out/proofs

# The site, from the docs, the package and the catalogue: warnings are errors, and nothing is loaded from anywhere but
# what judges lines in a browser, which npm and pip fetch once.
site: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	$(BIN)/python docs/judge.py out/judge
	$(BIN)/python docs/site.py out/site out/judge/served
	@echo "The site, in a browser:  out/site/html/index.html"
	@echo "  or, with lines of your own judged there:  $(PYTHON) -m http.server --bind 127.0.0.1 --directory out/site/html"

clean:
	rm -rf $(VENV) $(FLOORS) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $(READY)
