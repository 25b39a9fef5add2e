# Every command works from a fresh checkout; what is missing it installs where it may, else it names it.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test lint screens bench lock clean
START := @sh .ci/python .ci/start.py
export PORT

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

demo: ## the site with a made-up community on http://127.0.0.1:8000/demo/ (PORT=8123 make demo for another port)
	$(START) demo

demo-reset: ## the same, begun anew
	$(START) demo-reset

test: ## every test: SQLite, a real PostgreSQL and Redis, a real browser
	$(START) test

lint: ## style, types, templates, floors and rooms, migrations, house rules
	$(START) lint

screens: ## pictures of the key pages for each role, into screens/index.html
	$(START) screens

bench: ## measurements, see bench/
	$(START) bench

lock: ## pin requirements.in and tests/requirements.in again
	$(START) lock

clean: ## remove what these commands made; the demo's data stays
	@rm -rf .venv screens var/static var/*.log var/static.stamp var/packages-tried.stamp .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
