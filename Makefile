# The portal's commands. Nothing but Python 3.11 or newer and make is needed; see README.md.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format messages assets lock

# python3, unless it is too old or missing and a newer one answers (version managers leave stubs).
PYTHON ?= $(or $(firstword $(foreach v,3 3.13 3.12 3.11,\
  $(shell python$(v) -c 'import sys; sys.version_info >= (3, 11) and print("python$(v)")' 2>/dev/null))),python3)
BIN := .venv/bin
# What Django's own checks need to load the settings; nothing is started and nothing is secret.
LINT_ENV := DEVELOPMENT=1 SECRET_KEY=lint-only-lint-only-lint-only-lint-only-lint-only-lint
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

run: .venv/dev ## start the portal with real cohorts and example accounts (PORT=8000, DEMO_PASSWORD=random)
	@exec $(BIN)/python -m smartcity.development

test: .venv/test ## run every test (browser tests too, where a Chromium is found)
	@$(BIN)/python -m pytest $(ARGS)

lint: .venv/lint ## style, types, arrows between rooms, migrations, templates, translations
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports
	$(LINT_ENV) $(BIN)/mypy
	$(LINT_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(LINT_ENV) $(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

format: .venv/lint ## let the tools rewrite what they can
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 || true

assets: ## rebuild CSS, JS and fonts in static/dist (needs Node; running the portal does not)
	@cd static/src && npm ci --no-audit --no-fund --silent && npm run --silent build

lock: ## write requirements/*.txt anew from pyproject.toml (needs uv)
	@for name in base dev test lint; do group=$$([ $$name = base ] || echo "--group $$name"); \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header pyproject.toml $$group --output-file requirements/$$name.txt; done

messages: .venv/lint ## collect screen texts into locale/ and compile them (needs gettext)
	@$(LINT_ENV) $(BIN)/python manage.py makemessages -l id --no-location --no-wrap -i .venv -i static -i tests -i var
	@$(LINT_ENV) $(BIN)/python manage.py compilemessages -l id -v 0

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit("The portal needs Python 3.11 or newer; set PYTHON=/path/to/it") if sys.version_info < (3, 11) else None'
	@echo "Making a virtual environment with $(PYTHON)"
	@$(PYTHON) -m venv .venv || { echo "No virtual environment could be made; on Debian: apt install python3-venv"; exit 1; }

# One stamp per set of requirements; a changed file installs again.
.venv/dev .venv/test .venv/lint: .venv/%: requirements/%.txt .venv/pyvenv.cfg
	@echo "Installing $< (once; a minute or two)"
	@$(PIP) -r $<
	@touch $@
