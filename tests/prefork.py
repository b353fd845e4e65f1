"""Processes that begin where their modules are already read: each is forked from one that read them once.

A command of the office takes a second of a core to read its modules and a tenth to do its work, and the tests start
hundreds. `run` and `Forked` are what `subprocess.run` and `subprocess.Popen` are for `python -m MODULE`: a process of
its own, in a session of its own, ended by its own exit, with the environment it was told. `python -m tests.prefork FD
MODULES` is the one they are forked from; it ends when nobody holds the other end of FD. Needs Linux (pidfd).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from typing import IO

from checklists.authoring import loader
from tests.loaded import once

_MOST = 256 * 1024
"""Bytes of a request: arguments and environment."""
OFFICE = ("server.commands", "server.app", "granian", "psycopg")


class Forked:
    """A process of `python -m module arguments…`; its streams go to these files."""

    def __init__(
        self, module: str, arguments: Sequence[str], env: Mapping[str, str], stdin: IO, stdout: IO, stderr: IO
    ) -> None:
        self.args, self._code = ["python", "-m", module, *arguments], None
        self._told, theirs = socket.socketpair()
        asked = json.dumps({"module": module, "arguments": list(arguments), "env": dict(env)}).encode()
        with theirs:
            files = [theirs.fileno(), stdin.fileno(), stdout.fileno(), stderr.fileno()]
            socket.send_fds(_parent(), [asked], files)
        self.pid = int(self._line() or -1)

    def poll(self) -> int | None:
        """The exit code as `subprocess` tells it, None while it runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises `subprocess.TimeoutExpired`."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, seconds: float | None) -> int | None:
        if self._code is None:
            self._told.settimeout(seconds)
            with contextlib.suppress(TimeoutError, BlockingIOError):
                self._code = int(self._line() or -signal.SIGKILL)
                self._told.close()
        return self._code

    def _line(self) -> str:
        return self._told.recv(64).decode()


def run(module: str, *arguments: str, env: Mapping[str, str], given: str = "") -> subprocess.CompletedProcess[str]:
    """Run it to its end with that input, and return its code and what it wrote."""
    with contextlib.ExitStack() as stack:
        files = (os.fdopen(os.memfd_create(name), "w+", encoding="utf-8") for name in ("in", "out", "err"))
        stdin, stdout, stderr = (stack.enter_context(file) for file in files)
        stdin.write(given)
        stdin.seek(0)
        process = Forked(module, arguments, env, stdin, stdout, stderr)
        code = process.wait()
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(process.args, code, stdout.read(), stderr.read())


@cache
def _parent() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.prefork", str(theirs.fileno()), *OFFICE]
        subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    return ours


def _serve(asking: socket.socket) -> dict | None:
    """Fork a process for each request; returns it in the child, and None in the parent when nobody asks any more."""
    waiting: dict[int, tuple[int, socket.socket]] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(asking, selectors.EVENT_READ)
        while True:
            for key, _mask in ready.select():
                if key.fd in waiting:
                    pid, told = waiting.pop(key.fd)
                    ready.unregister(key.fd)
                    os.close(key.fd)
                    _tell(told, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
                    told.close()
                    continue
                asked, files, _flags, _address = socket.recv_fds(asking, _MOST, 4)
                if not asked:
                    return None
                pid = os.fork()
                if pid == 0:
                    for number, file in enumerate(files[1:]):
                        os.dup2(file, number)
                    for file in (*files, *waiting, asking.fileno()):
                        os.close(file)
                    for _pid, told in waiting.values():
                        told.close()
                    return dict(json.loads(asked))
                for file in files[1:]:
                    os.close(file)
                watched, told = os.pidfd_open(pid), socket.socket(fileno=files[0])
                waiting[watched] = pid, told
                ready.register(watched, selectors.EVENT_READ)
                _tell(told, pid)


def _tell(told: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):  # who asked is gone
        told.sendall(str(number).encode())


def main() -> None:
    """Read the modules, then be the parent of whatever is asked for."""
    fd, *modules = sys.argv[1:]
    for module in modules:
        importlib.import_module(module)
    loader._load = once(loader._load)
    loader.load_all()
    assert threading.active_count() == 1, "a thread does not survive a fork"
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends with whoever asks it, not before
    asked = _serve(socket.socket(fileno=int(fd)))
    if asked is None:
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = [asked["module"], *asked["arguments"]]
    runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
