# Every target says what it does; `make` alone lists them. What a target does lives in scripts/.
PORT ?= 8000
PY := .venv/bin/python
DEMO := MADANG_DEMO=1 MADANG_VAR=var/demo

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset run test check fix bench bench-methods docs lock screens walk audit tools

help: ## list what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: ## make .venv with exactly the pinned packages (instant when nothing changed)
	@scripts/setup.sh base

tools:
	@scripts/setup.sh dev

demo: setup ## play the demo town at http://127.0.0.1:8000 (PORT=… for another port)
	@$(DEMO) scripts/demo.sh $(PORT)

demo-reset: ## throw the demo town away; the next `make demo` builds it anew
	@rm -rf var/demo && echo "The demo town is gone. make demo builds it again."

run: setup ## development server on the demo town, reloading on change
	@$(DEMO) MADANG_DEBUG=1 $(PY) manage.py migrate -v 0
	@$(DEMO) MADANG_DEBUG=1 $(PY) manage.py createcachetable
	@$(DEMO) MADANG_DEBUG=1 $(PY) manage.py runserver 127.0.0.1:$(PORT)

test: tools ## every test on SQLite, on PostgreSQL too when there is one, and in the browser (ARGS=… for pytest)
	@$(PY) scripts/test.py $(ARGS)

check: tools ## style, types, floors, templates, migrations, deployment, catalogues
	@$(PY) scripts/check.py

fix: tools ## put right what a machine can put right
	@.venv/bin/ruff check --fix --exit-zero --quiet . ; .venv/bin/ruff format --quiet .
	@$(PY) scripts/messages.py compile

bench: tools ## measure speed on synthetic towns; results go to benchmarks/RESULTS.md (ARGS=…)
	@$(PY) -m benchmarks $(ARGS)

bench-methods: tools ## measure counting (beside pabutools) and seat lotteries; needs real elections, see benchmarks/METHODS.md
	@$(PY) -m benchmarks.methods

docs: tools ## check that documents point at things that exist
	@$(PY) scripts/docs.py

screens: tools ## photograph the pages of the demo town into docs/screens
	@$(DEMO) $(PY) scripts/screens.py $(ARGS)

walk: tools ## every page of the demo town in both languages and sizes: axe, dead links, sideways scroll (long)
	@MADANG_WALK=1 .venv/bin/python -m pytest tests/browser/test_every_page.py

lock: tools ## pin requirements/*.in anew with hashes
	@scripts/lock.sh

audit: tools ## look the pinned packages up in the advisory database (needs the internet)
	@.venv/bin/uv tool run pip-audit --require-hashes --disable-pip -r requirements/base.txt
