# Ward's commands. `make` prints them; each works on a fresh clone, as root or as a user with sudo.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help deps run test ci bench soak scale breakages features types roles format screenshots clean

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

bench: ## measure Ward beside Express, pgbench, python-socketio and ws, into Benchmarks/RESULTS.md (SECONDS=2: short)
	@bash Scripts/deps.sh bench
	swift build -c release --product ward
	@python3 Benchmarks/run.py $(addprefix --only ,$(ONLY)) $(if $(filter command line,$(origin SECONDS)),--seconds $(SECONDS))

soak: ## blows against ward and PostgreSQL with a ledger, faults of workers, broker, Redis, mail and payments, storms of 1,500 people and of bookings, peers, generated inputs, hostile bytes, a long run (JOBS=1000000 KILLS=50 POSTGRES=20 NODES=2 SEED=1 OUTAGE=600 CASES=5000 ROUNDS=3 MINUTES=10 EACH=5 SUCCESSES=1000)
	@bash Scripts/deps.sh test
	@bash Scripts/deps.sh bench
	@bash Scripts/python.sh
	swift build -c release --product ward
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/chaos.py \
	  --kills $(or $(KILLS),50) --postgres $(or $(POSTGRES),20) --nodes $(or $(NODES),2) \
	  --writers $(or $(WRITERS),16) --seed $(or $(SEED),1)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/fault_soak.py --outage $(or $(OUTAGE),600)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/saga_faults.py --each $(or $(EACH),5)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/booking_storm.py --racers 1000 --rounds 100
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/booking_paths.py \
	  --successes $(or $(SUCCESSES),1000) --kills 20 --postgres 5 --seed $(or $(SEED),1)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/job_depth.py --jobs $(or $(JOBS),1000000)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/storm.py
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/storm.py --channel sms
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/fuzz.py \
	  --cases $(or $(CASES),5000) --seed $(or $(SEED),1)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/hostile.py --rounds $(or $(ROUNDS),3)
	@WARD_BINARY=.build/release/ward .build-python/bin/python Tests/System/care_peers.py
	@python3 Benchmarks/soak.py --minutes $(or $(MINUTES),10)

scale: ## fill 200 clinics × 50 locations with patients for ten minutes and compare lists and searches with an empty system
	@bash Scripts/deps.sh bench
	swift build -c release --product ward
	@python3 Benchmarks/scale.py --seconds $(if $(filter command line,$(origin SECONDS)),$(SECONDS),600)

breakages: ## break twenty features one by one and see tests turn red (COUNT=20 SEED=1)
	@bash Scripts/deps.sh test
	@bash Scripts/python.sh
	@python3 Scripts/breakages.py --count $(or $(COUNT),20) --seed $(or $(SEED),1)

features: ## write Docs/features.md: every promised feature and the tests that show it
	@python3 Scripts/features.py

types: ## write the TypeScript types of the API into Examples/typescript/ward.d.ts
	swift build --product ward
	.build/debug/ward typescript >Examples/typescript/ward.d.ts

roles: ## write who may do what into Docs/roles.md
	swift build --product ward
	.build/debug/ward roles >Docs/roles.md

format: ## format all Swift sources
	swift format --in-place --parallel --recursive Package.swift Sources Tests

screenshots: ## take the pictures of the console into Docs/ (the browser tests make them)
	@bash Scripts/deps.sh test
	@bash Scripts/python.sh
	swift build --product ward
	@WARD_BINARY=$(CURDIR)/.build/debug/ward WARD_SCREENSHOTS=$(CURDIR)/.build/screenshots \
	  .build-python/bin/python -m pytest -q Tests/System/test_console.py
	@cp .build/screenshots/board.png Docs/board.png

clean: ## remove what was built (not the data in .ward)
	rm -rf .build .build-python Benchmarks/.build-peers
