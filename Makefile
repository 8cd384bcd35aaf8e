# Every target works on a fresh machine with Python 3.11 or newer and git.
BIN := .venv/bin
COVERED := var/coverage
NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
export UV_SYSTEM_CERTS ?= 1

.DEFAULT_GOAL := help
.PHONY: help env run test endurance sweep servers coverage check lint types bench demo serve worker beat

help:
	@echo "make run     开始使用：建环境、建库、载入演示数据、启动"
	@echo "make test    运行全部测试"
	@echo "make check   格式、类型、结构、迁移、翻译检查，然后测试"
	@echo "make bench   运行基准（ONLY=名称 只运行一个）"

env: .venv/.ready .venv/.texts

.venv/.texts: .venv/.ready $(wildcard locale/*/LC_MESSAGES/*.po)
	@LMS_MODE=test $(BIN)/python manage.py translations compile
	@touch .venv/.texts

.venv/.ready: uv.lock requirements-bootstrap.txt
	@test -x $(BIN)/python || for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
		$$python -c "$(NEW_ENOUGH)" 2>/dev/null && $$python -m venv .venv && break; \
	done; test -x $(BIN)/python || { \
		echo "需要 Python 3.11 或更高版本（含 venv 模块；Debian：apt install python3-venv）。" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --frozen --quiet --inexact
	@touch .venv/.ready

run: env
	@exec $(BIN)/python -m lms.supervisor

serve: env
	@exec $(BIN)/gunicorn -c deploy/gunicorn.conf.py lms.wsgi

worker: env
	@exec $(BIN)/python -m lms.worker

beat: env
	@exec $(BIN)/python -m lms.worker beat

demo: env
	@$(BIN)/python manage.py demo --reset

bench: env
	@$(BIN)/python -m benchmarks $(ONLY)

# the whole access matrix, and every journey at the width of a desk
sweep: env
	@dev/chromium
	LMS_MODE=test $(BIN)/pytest -n auto -m full_sweep

test: env
	@dev/chromium
	LMS_MODE=test $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -p no:randomly \
		-m "not endurance and not own_house"

# processes that are killed and servers that stop under load, for as long as it takes
endurance: env
	LMS_MODE=test $(BIN)/pytest -n auto --dist loadfile -p no:randomly -m "endurance or own_house"

# the suite on the servers that TEST_DATABASE_URL and TEST_REDIS_URL name; without the journeys, and
# without what brings a database of its own
servers: env
	COVERAGE_FILE=$(COVERED)/servers LMS_MODE=test $(BIN)/pytest -n auto --dist loadfile \
		--no-loadscope-reorder -p no:randomly --create-db \
		-m "not journey and not own_house and not endurance" --cov=core --cov-report=

# every branch of core, by what `servers` walked and its own tests walk on the embedded database
coverage: env
	COVERAGE_FILE=$(COVERED)/embedded TEST_DATABASE_URL= TEST_REDIS_URL= LMS_MODE=test \
		$(BIN)/pytest tests/core -n auto --dist loadfile -p no:randomly --cov=core --cov-report=
	$(BIN)/coverage combine --keep --data-file=$(COVERED)/both $(COVERED)/servers $(COVERED)/embedded
	$(BIN)/coverage report --data-file=$(COVERED)/both --include='core/*' --show-missing \
		--skip-covered --fail-under=100

lint: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/deptry .
	LMS_MODE=test $(BIN)/python manage.py makemigrations --check --dry-run
	LMS_MODE=test LMS_TEST_APPS=django_migration_linter $(BIN)/python manage.py lintmigrations \
		--no-cache --quiet ok ignore --ignore-initial-migrations \
		--include-apps core accounts schools media courses wellbeing certification mentoring evaluation website \
		--ignore-name 0002_sessions_slips_second_factor_notices_privacy 0005_a_slip_is_good_at_one_place \
		0003_help_lines_in_english 0003_categories_in_english 0004_a_roster_taken_before \
		0004_notices_and_privacy_in_english 0004_transcript_of_an_attempt \
		0005_beats_keep_their_first_answers 0007_names_in_english_and_one_word_for_recordings \
		0008_a_lease_counts_its_beats 0009_progress_is_weighed_not_kept 0003_contacts 0003_signals 0004_supervision \
		0003_objections 0005_handovers 0006_pupils_and_classes \
		0007_rosters_bring_pupils 0008_a_phone_is_one_persons 0006_a_key_is_used_once_on_sqlite_too \
		0010_numbers_told_by_a_roster 0004_a_term_is_frozen_once

types: env
	LMS_MODE=test $(BIN)/mypy

check: lint types test
