#!/usr/bin/env bash
# requests 2.34.2 with urllib3 2.8.0: on a new connection the connect time-out is also the time for a whole body.
#
# Guess: `timeout=(2, 60)` gives two seconds to reach the server, and sixty in which nothing may move; a body that goes up
# steadily is no silence. The documentation speaks of connecting and of the waits between bytes that the server sends.
# Behaviour: the socket keeps the connect time-out until the answer is waited for. A body given as `bytes` goes by one
# `sendall`, and Python counts a socket's time-out over all of that call. A line that takes 300 kB a second steadily ends
# a body of 6 MB after some two seconds. What is raised is `requests.ConnectionError`, not `requests.Timeout`. The same
# body as an iterable of small blocks, each a call of its own, arrives whole.
# So: on slow lines give a body in small blocks, and take a ConnectionError for what may have been a time-out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check requests==2.34.2 urllib3==2.8.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import socket
import threading
import time

import requests
import urllib3

SIZE, STEP, PAUSE = 6_000_000, 30_000, 0.1
"""Bytes of the body, and what the server takes every so many seconds."""


def serve(server):
    while True:
        link, _address = server.accept()
        threading.Thread(target=answer, args=(link,), daemon=True).start()


def answer(link):
    with link:
        head = b""
        while b"\r\n\r\n" not in head:
            head += link.recv(STEP)
        taken = len(head.partition(b"\r\n\r\n")[2])
        while taken < SIZE:
            got = len(link.recv(STEP))
            if not got:
                return
            taken += got
            time.sleep(PAUSE)
        link.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")


def blocks(body):
    """An iterable with a length, so that the request says Content-Length."""

    class Blocks:
        def __len__(self):
            return len(body)

        def __iter__(self):
            return (body[at : at + 4096] for at in range(0, len(body), 4096))

    return Blocks()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
server.bind(("127.0.0.1", 0))
server.listen()
threading.Thread(target=serve, args=(server,), daemon=True).start()
url = f"http://127.0.0.1:{server.getsockname()[1]}/"
print("requests", requests.__version__, "urllib3", urllib3.__version__)
for name, body in (("bytes", bytes(SIZE)), ("blocks", blocks(bytes(SIZE)))):
    begun = time.monotonic()
    try:
        said = str(requests.post(url, data=body, timeout=(2, 60)).status_code)
    except requests.Timeout:
        said = "Timeout"
    except requests.ConnectionError:
        said = "ConnectionError"
    print(f"{name}: {said}", "early" if time.monotonic() - begun < 10 else "after the whole body")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "requests 2.34.2 urllib3 2.8.0
bytes: ConnectionError early
blocks: 204 after the whole body" ] || { echo "changed" >&2; exit 1; }
