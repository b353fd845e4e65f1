"""How a connection treats a thin and lossy line: what TCP is told of it, and what a request says besides its body.

Numbers of options are those of Linux's <linux/tcp.h>; what this system does not know is left out.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests

BLOCK = 4096
"""So much is given to the line at a time, and no more waits before it: what it takes tells how fast it is, and a body
that goes slowly is none that stands still.
"""

SEND_S = 30
"""A line that takes nothing of a body for so long has lost it. By itself the time to connect would count here."""

_RTO_MAX_MS = 3_000
"""So long TCP waits at most before it sends again what was not acknowledged; without it twice as long each time."""

_CONGESTION, _THIN_LINEAR_TIMEOUTS, _RTO_MAX = 13, 16, 44

Option = tuple[int, int, "int | bytes"]


def session() -> requests.Session:
    """Return a session whose connections keep to this; `requests` is imported with the first one."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            self.sock.settimeout(SEND_S)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            self.sock.settimeout(SEND_S)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **more: Any) -> None:
            options = [*HTTPConnection.default_socket_options, *options_known()]
            super().init_poolmanager(*args, socket_options=options, **more)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    made = requests.Session()
    made.mount("http://", Adapter())
    made.mount("https://", Adapter())
    # Every request repeats its headers, and on a thin line their bytes are paid for.
    made.headers.clear()
    made.headers.update({"Accept-Encoding": "gzip", "User-Agent": "lujian"})
    return made


def options_known() -> list[Option]:
    """Return the settings of a socket that this system knows.

    Little waits unsent, so that it is seen what goes; what waits in a connection that is given up goes no more, since
    it would take its time of a thin line from the one that takes its place. What was lost is sent again soon. And CUBIC
    it is, because several connections by BBR, which does not slow down for a loss, lay a long queue before a thin line.
    """
    wanted: list[Option] = [(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))]
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        wanted.append((socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, BLOCK))
    if sys.platform in ("linux", "android"):
        wanted.append((socket.IPPROTO_TCP, _CONGESTION, b"cubic"))
        wanted += [(socket.IPPROTO_TCP, _THIN_LINEAR_TIMEOUTS, 1), (socket.IPPROTO_TCP, _RTO_MAX, _RTO_MAX_MS)]
    return [one for one in wanted if _is_known(one)]


def _is_known(option: Option) -> bool:
    with contextlib.suppress(OSError), socket.socket() as tried:
        tried.setsockopt(*option)
        return True
    return False
