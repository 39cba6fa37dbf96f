#!/usr/bin/env bash
# The whole suite: everything on SQLite, then all that touches the database again on a real PostgreSQL.
# tests/run.sh PATH... runs a part of it, on both.
set -u
python=${MIZBAN_PYTHON:-.venv/bin/python}
export MIZBAN_TEST_FOLDER
MIZBAN_TEST_FOLDER=$(mktemp -d)
trap 'rm -rf "$MIZBAN_TEST_FOLDER"' EXIT
unset DATABASE_URL MIZBAN_DATA
unset PYTHONDONTWRITEBYTECODE  # each of some fifty processes would compile every module for itself
export XDG_RUNTIME_DIR=$MIZBAN_TEST_FOLDER  # silences a warning of a library where the machine has none

for browser in chromium-headless-shell chromium chromium-browser google-chrome none; do command -v "$browser" >/dev/null && break; done
[ "$browser" = none ] && echo "No Chromium on this machine: the browser tests pass by."

# A test that hangs tells where and ends its worker; a worker that died is not replaced (the scheduler would wait for
# it for ever): either ends the run, red, with the name of the test.
patience=$([ -n "${MIZBAN_SOAK:-}" ] && echo 3600 || echo 300)
suite=("$python" -m pytest -q -n 2 --dist loadgroup --max-worker-restart 0
    -o "faulthandler_timeout=$patience" -o faulthandler_exit_on_timeout=true)

# Migrations run where servers start, and below; here they would cost each process seconds.
echo "== SQLite"
"${suite[@]}" --no-migrations "$@" || exit 1

echo "== PostgreSQL"
"$python" -m tests.with_postgres "${suite[@]}" -m "not browser and not sqlite_only" --database-only "$@"
