# Two commands: `make demo` and `make test`. Each does all its set-up; a second run does none of it again.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
READY := .venv/ready

.PHONY: demo test up check format lock clean

demo: $(READY)  ## Play a city on this machine; options through ARGS, for example ARGS="--complaints 50 --exit"
	@$(BIN)/hotline demo $(ARGS)

up: $(READY)  ## Start the hotline on this machine and keep it running
	@$(BIN)/hotline up

test: check  ## Everything that has to hold
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY)  ## Style, types and who may import whom
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/pyright --level error
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	@echo "installing into .venv (about a minute, once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

lock:  ## After a change of dependencies in pyproject.toml; needs uv
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade --output-file requirements.lock

clean:  ## The virtual environment; the home .run stays, for it holds the database and the key ring
	rm -rf .venv
