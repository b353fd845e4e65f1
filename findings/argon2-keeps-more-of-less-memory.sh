#!/usr/bin/env bash
# argon2-cffi 25.1.0 on glibc: with 19 MiB a hash a process keeps eight of them for good; with 64 MiB a hash it keeps nothing.
#
# Guess: the memory of a hash is taken and given back in one piece, and pieces from 128 KiB on come straight from the system (mallopt's
# M_MMAP_THRESHOLD) and go straight back. Who wants a server to hold less takes a smaller `memory_cost`: 19 MiB instead of 64.
# Behaviour: the first hash goes back. By being freed it raises that threshold to its own size, so the second comes from the heap and stays
# there, unused: what lies free at its top is given back only above twice the threshold. Threads have heaps of their own: eight that
# hash at once leave eight times 19 MiB in the process, and no later hash frees it. The threshold never rises above 32 MiB, so the default
# of argon2-cffi (64 MiB) is given back each time: the smaller setting is the larger one between two log-ins. With the threshold
# set (MALLOC_MMAP_THRESHOLD_), which ends its rising, 19 MiB go back as well. (RustCrypto's users asked why there.)
# Whom it hits: a small office's server with little memory, after one morning on which everybody logged in.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check argon2-cffi==25.1.0 argon2-cffi-bindings==26.2.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import platform
import re
import sys
import threading
from pathlib import Path

import argon2

mib, threads = int(sys.argv[1]), 8
hasher = argon2.PasswordHasher(time_cost=1, memory_cost=mib * 1024, parallelism=1)
together = threading.Barrier(threads)


def held():
    """MiB that the process has of the machine's memory."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def one():
    together.wait()
    hasher.hash("made up")


before, kept = held(), []
for _ in range(2):
    hasher.hash("made up")
    kept.append(round((held() - before) / mib))
for _ in range(2):
    running = [threading.Thread(target=one) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
many = round((held() - before) / mib)
many = "4 or more" if many > 3 else many
print(f"{platform.libc_ver()[0]} {mib} MiB: kept after one hash {kept[0]}, after two {kept[1]}, after eight at once {many}")
PY
unset MALLOC_MMAP_THRESHOLD_ MALLOC_TRIM_THRESHOLD_ MALLOC_ARENA_MAX GLIBC_TUNABLES
seen=$(
    "$work/venv/bin/python" "$work/try.py" 19
    "$work/venv/bin/python" "$work/try.py" 64
    echo threshold set
    MALLOC_MMAP_THRESHOLD_=131072 "$work/venv/bin/python" "$work/try.py" 19
)
echo "$seen"
[ "$seen" = 'glibc 19 MiB: kept after one hash 0, after two 1, after eight at once 4 or more
glibc 64 MiB: kept after one hash 0, after two 0, after eight at once 0
threshold set
glibc 19 MiB: kept after one hash 0, after two 0, after eight at once 0' ] || { echo "changed" >&2; exit 1; }
