"""A port of this machine that is ours until this process ends, also while nobody listens on it."""

from __future__ import annotations

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path

_OURS = range(15_000, 32_000)
"""Below what Linux gives to outgoing connections (`ip_local_port_range`, from 32768): none of them takes it either."""


def own_port() -> int:
    """A free port that no other process gets from here, so that a server can be killed and come back on it.

    A port that the system picks is given away again as soon as its server is dead, to the next one who asks. Raises
    `OSError` when a thousand tries found none.
    """
    folder = Path(tempfile.gettempdir()) / "lujian-ports"
    folder.mkdir(exist_ok=True)
    for port in random.sample(_OURS, 1000):
        held = os.open(folder / str(port), os.O_WRONLY | os.O_CREAT, 0o600)  # a bare number: it stays open to the end
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as free:
                free.bind(("127.0.0.1", port))
        except OSError:
            os.close(held)
            continue
        return port
    raise OSError("no free port")
