#!/bin/sh
# Makes the virtual environment and installs what the product, its tests and its demo need.
# Debian and Ubuntu packages are installed where this user may; elsewhere it says exactly what to install.
set -eu
venv=${1:-.venv}
python=${PYTHON:-python3}

"$python" - <<'PY' || { echo "Lujian needs Python 3.11, 3.12 or 3.13 (set PYTHON=/path/to/python3)." >&2; exit 1; }
import sys
sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PY

# package : how to see that it is there already
missing=""
need() { eval "$2" >/dev/null 2>&1 || missing="$missing $1"; }
has_lib() { ldconfig -p 2>/dev/null | grep -q "$1" || ls /usr/lib/*/"$1"* /usr/lib/"$1"* 2>/dev/null | grep -q .; }
need libgl1 "has_lib libGL.so.1"
need libegl1 "has_lib libEGL.so.1"
need libgl1-mesa-dri "ls /usr/lib/*/dri/swrast_dri.so /usr/lib/dri/swrast_dri.so /usr/lib/*/libgallium-*.so 2>/dev/null | grep -q ."
need libmtdev1 "has_lib libmtdev.so.1"
need chromium "command -v chromium || command -v chromium-browser || command -v google-chrome"
need fonts-noto-cjk "ls /usr/share/fonts/opentype/noto/NotoSansCJK* || fc-list :lang=zh | grep -q ."
"$python" -c "import ensurepip, venv" >/dev/null 2>&1 || missing="$missing python3-venv"

if [ -n "$missing" ]; then
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        # An unattended upgrade may hold the lists or the lock: wait for it.
        apt-get update -qq -o DPkg::Lock::Timeout=300
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends $missing
    elif command -v apt-get >/dev/null; then
        echo "Please install once, then run make again:" >&2
        echo "    sudo apt-get install$missing" >&2
        exit 1
    else
        echo "This system has no apt-get. Lujian needs the equivalent of:$missing" >&2
        exit 1
    fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
# Its test wants a pgbouncer. Installed it would run by itself; unpacked beside the environment it does not. Without one
# the test is left out.
if command -v apt-get >/dev/null && ! command -v pgbouncer >/dev/null && [ ! -d "$venv/pgbouncer" ]; then
    debs=$(mktemp -d)
    (cd "$debs" && apt-get download -qq pgbouncer libc-ares2 libevent-2.1-7 2>/dev/null) &&
        for deb in "$debs"/*.deb; do dpkg -x "$deb" "$venv/pgbouncer"; done || true
    rm -rf "$debs"
    LD_LIBRARY_PATH=$(echo "$venv"/pgbouncer/usr/lib/*) "$venv/pgbouncer/usr/sbin/pgbouncer" --version >/dev/null 2>&1 ||
        rm -rf "$venv/pgbouncer"
fi

pip() { "$venv/bin/python" -m pip install -q "$@"; }
# uv lays down the same lock in a quarter of pip's time. It does not know where pip was told to look: there pip does it.
pip --require-hashes -r locks/uv.txt
VIRTUAL_ENV=$venv "$venv/bin/uv" pip install -q --require-hashes -r locks/dev.txt || pip --require-hashes -r locks/dev.txt
pip --no-deps --no-build-isolation -e .

# Upload clients of others, for the tests alone. Without node those tests say so and the rest goes on.
if command -v npm >/dev/null; then
    npm --prefix tests/js ci --ignore-scripts --no-audit --silent ||
        echo "The upload clients in tests/js could not be installed; their tests are left out." >&2
fi
