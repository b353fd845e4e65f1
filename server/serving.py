"""`serve`: the process that starts the one that serves, and watches it. It reads no module of the office itself."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from server.config import Config, ConfigError, load
from server.folders import UMASK
from server.stopping import END_SECONDS

_HEADER_SECONDS = 15
"""For the head of a request, and between two requests of one connection."""
_BACKLOG = 4096
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE, _KEPT_FREE = 1 << 20, 4 << 20
"""Bytes of a block that is given back by itself, and of what is free at the end of a heap."""
_OTHER_FILES = 512
"""Open files besides connections: photos in hand, the database, logs."""
_LETTING_GO_SECONDS = 3


def main(arguments: Sequence[str] | None = None) -> int | None:
    """Serve where the command is `serve` and return the exit code, 2 where the settings cannot be used; else None."""
    parser = argparse.ArgumentParser(prog="python -m server", add_help=False, allow_abbrev=False)
    parser.add_argument("--config")
    options, rest = parser.parse_known_args(arguments)
    if rest != ["serve"]:
        return None
    os.umask(UMASK)
    try:
        return serve(settings(options.config))
    except ConfigError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2


def settings(path: str | None) -> Config:
    """Return the settings of a file, or of the one that the environment names, which names it from now on.

    Raises ConfigError.
    """
    if path:
        os.environ["LUJIAN_CONFIG"] = path  # also for the process that serves
    named = os.environ.get("LUJIAN_CONFIG")
    return load(Path(named) if named else None, os.environ)


def serve(config: Config) -> int:
    """Serve until stopped: granian, or uvicorn where granian is missing. 1 where the port is taken."""
    if stays_taken(config):
        sys.stderr.write(
            f"port {config.port} of {config.host} is in use; stop what serves there, or set another port\n"
        )
        return 1
    try:
        from granian import Granian
        from granian.constants import HTTPModes, Interfaces
        from granian.http import HTTP1Settings
    except ImportError:
        return _uvicorn(config)
    connections = _open_files(config.connections)
    _few_heaps()
    Granian(
        "server.app:application",
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGI,
        workers=1,
        factory=True,
        workers_kill_timeout=END_SECONDS,
        log_access=False,
        websockets=False,
        # In its mode for both versions of HTTP a connection that says nothing is never ended.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_SECONDS * 1000),
        backlog=_BACKLOG,
        backpressure=connections,
        ssl_cert=Path(config.tls_certificate) if config.tls_certificate else None,
        ssl_key=Path(config.tls_key) if config.tls_key else None,
    ).serve()
    return 0


def _open_files(connections: int) -> int:
    """Let this process open as many files as it may, and return how many connections fit among them."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    if hard == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
        return connections
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(wanted, hard)), hard))
    fitting = max(64, min(connections, hard - _OTHER_FILES))
    if fitting < connections:
        sys.stderr.write(f"only {fitting} connections fit into {hard} open files; raise that limit for {connections}\n")
    return fitting


def _few_heaps() -> None:
    """Let glibc share few heaps among threads, each of which would keep the most that it ever held at once.

    And give large blocks back when they are free: by itself it keeps twice the largest that there was, such as the 19
    MB of a password's hash. What serves is forked from here. Elsewhere there is nothing to tell (mallopt(3)).
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        told = ctypes.CDLL(None).mallopt
        for name, value in ((_ARENA_MAX, 2), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _KEPT_FREE)):
            told(name, value)


def _uvicorn(config: Config) -> int:
    import uvicorn

    uvicorn.run(
        "server.app:application",
        factory=True,
        timeout_graceful_shutdown=END_SECONDS,
        timeout_keep_alive=_HEADER_SECONDS,
        backlog=_BACKLOG,
        limit_concurrency=_open_files(config.connections),
        ws="none",
        host=config.host,
        port=config.port,
        access_log=False,
        log_config=None,
        ssl_certfile=config.tls_certificate or None,
        ssl_keyfile=config.tls_key or None,
    )
    return 0


def stays_taken(config: Config) -> bool:
    """Whether somebody listens there and goes on: a server that was killed a moment ago has not let go yet."""
    until = time.monotonic() + _LETTING_GO_SECONDS
    while answers(config):
        if time.monotonic() > until:
            return True
        time.sleep(0.1)
    return False


def answers(config: Config) -> bool:
    """Whether somebody listens where the server would."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104 - compared, not bound
    try:
        with socket.create_connection((host, config.port), timeout=2):
            return True
    except OSError:
        return False
