PYTHON ?= python3

.PHONY: site test bench

site:
	@$(PYTHON) start.py site

test:
	@$(PYTHON) start.py test

bench:
	@$(PYTHON) start.py bench
