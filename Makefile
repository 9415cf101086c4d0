# Ward's commands. `make` prints them; each works on a fresh clone, as root or as a user with sudo.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help deps run test ci bench soak features format screenshots clean

help: ## print these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install the Debian packages that are missing
	@bash Scripts/deps.sh run

run: deps ## build and start Ward with its own PostgreSQL and the demo hospital
	swift build -c release --product ward
	.build/release/ward serve --demo $(ARGS)

test: ## run all tests against private servers (KIND=swift, console or system for one kind)
	@bash Scripts/deps.sh test
	@bash Scripts/test.sh $(KIND)

ci: ## what must pass before a change is merged: format, warnings, tests, generated files
	@bash Scripts/ci.sh

bench: ## measure Ward beside Express and pgbench, into Benchmarks/RESULTS.md (SECONDS=2 for a short run)
	@bash Scripts/deps.sh bench
	swift build -c release --product ward
	@python3 Benchmarks/run.py $(if $(filter command line,$(origin SECONDS)),--seconds $(SECONDS))

soak: ## keep Ward under load and watch its memory (MINUTES=10)
	@bash Scripts/deps.sh bench
	swift build -c release --product ward
	@python3 Benchmarks/soak.py --minutes $(or $(MINUTES),10)

features: ## write Docs/features.md: every promised feature and the tests that show it
	@python3 Scripts/features.py

format: ## format all Swift sources
	swift format --in-place --parallel --recursive Package.swift Sources Tests

screenshots: ## take the pictures of the console for the documentation
	@bash Scripts/deps.sh test
	@bash Scripts/python.sh
	swift build -c release --product ward
	@.build-python/bin/python Scripts/screenshots.py

clean: ## remove what was built (not the data in .ward)
	rm -rf .build .build-python Benchmarks/.build-peers
