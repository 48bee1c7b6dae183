#!/usr/bin/env bash
# The Python package: its wheel is built, installed into an environment of its own, and tested from
# outside. What its tests need and cannot be installed (pandas, nbclient) they leave out, and say so.
#
#     tests/clients/python.sh /tmp/python
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../python"
place=$1
mkdir -p "$place"
# One target folder for both, so that what both need is built once.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/../target}"

maturin build --locked --release --out "$place/wheels"
# What is installed already is seen, so that nothing is fetched twice.
python3 -m venv --system-site-packages "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --no-deps --force-reinstall "$place"/wheels/*.whl
for package in pytest nbclient ipykernel pandas polars pyarrow networkx; do
    "$place/venv/bin/python" -c "import $package" 2>/dev/null ||
        "$place/venv/bin/python" -m pip install --quiet "$package" || echo "$package cannot be installed"
done
"$place/venv/bin/python" -m pytest -q -rs tests
