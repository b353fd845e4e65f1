#!/usr/bin/env bash
# granian 2.8.9: a worker that is stopped while one request is still open never tells its ASGI app that it ends.
#
# Guess: on SIGTERM open requests get `workers_kill_timeout` seconds, then they are dropped, and the app hears
# `lifespan.shutdown` either way, so that it can close its database.
# Behaviour: the worker waits for the last open request; when the timeout is over it is killed, and `lifespan.shutdown`
# never comes. Without an open request it comes at once. A long poll is an open request nearly all the time.
# So: an app with long polls ends them itself when the signal comes; what is to be done at the end is not left to lifespan.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check granian==2.8.9 2>/dev/null
cat > "$work/app.py" <<'PY'
import asyncio
import pathlib

told = pathlib.Path(__file__).with_name("told")


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"]
            with told.open("a") as file:
                file.write(kind.removeprefix("lifespan.") + "\n")
            await send({"type": kind + ".complete"})
            if kind == "lifespan.shutdown":
                return
    if scope["path"] == "/wait":
        await asyncio.sleep(60)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})
PY
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
ask() { python3 -c 'import sys, urllib.request as u; u.urlopen(f"http://127.0.0.1:{sys.argv[1]}{sys.argv[2]}", timeout=50).read()' "$port" "$1" 2>/dev/null; }
run() { # $1: whether a request is left open when the signal comes
    rm -f "$work/told"
    (cd "$work" && exec "$work/venv/bin/granian" --interface asgi --port "$port" --workers-kill-timeout 3 --no-log app:app) >/dev/null 2>&1 &
    server=$!
    for _ in $(seq 100); do ask / && break; sleep 0.1; done
    if [ "$1" = open ]; then (ask /wait || true) & sleep 1; fi
    kill -TERM "$server"
    wait "$server" 2>/dev/null || true
    echo "$1: $(paste -sd ' ' "$work/told")"
}
seen=$(run idle; run open)
echo "$seen"
[ "$seen" = "idle: startup shutdown
open: startup" ] || { echo "changed" >&2; exit 1; }
