"""The outside of a request: who sends it, over what, which method it truly asks for; and of its answer."""

from __future__ import annotations

import logging
import time
from typing import Any

from falcon.asgi import Request, Response

from server import metrics
from server.config import Config
from server.limits import client_of, neighbourhood
from server.refusals import Refused

_log = logging.getLogger("server.requests")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_TUS, _PAGES = "/v1/photos", "/console/"
_HEALTH = ("/healthz", "/readyz")
_METHODS = ("OPTIONS", "HEAD", "POST", "PATCH", "DELETE")


class Envelope:
    """Reads the outside before a route is chosen."""

    def __init__(self, config: Config) -> None:
        self._hops, self._tls = config.trusted_hops, config.behind_tls

    async def process_request(self, req: Request, _resp: Response) -> None:
        """Refuse what no store can look for, and say who asks. Raises Refused malformed.

        A page shows its list whatever stands in its filters: `server.console.frame.query_of` takes NULs out of them.
        """
        if "\0" in req.path or ("%00" in req.query_string and not req.path.startswith(_PAGES)):
            raise Refused("malformed", "a NUL in the address")
        peer = (req.scope.get("client") or ("", 0))[0]
        req.context.sender = neighbourhood(client_of(peer, req.get_header("X-Forwarded-For") or "", self._hops))
        if self._tls:
            req.scope["scheme"] = "https"
        _ask_truly(req)


def sender(req: Request) -> str:
    """Return who asks, as far as counting goes: an address, or the network of one subscriber.

    Falcon's own `remote_addr` believes headers that anybody may write.
    """
    return str(getattr(req.context, "sender", ""))


def _ask_truly(req: Request) -> None:
    """Let `X-HTTP-Method-Override` name the method, as tus 1.0 asks for where a client or a firewall knows no PATCH.

    Many monitors ask by HEAD whether something lives; what serves drops the body.
    """
    if req.method == "HEAD" and req.path in _HEALTH:
        req.method = "GET"
    asked = req.get_header("X-HTTP-Method-Override")
    if asked is None or not (req.path == _TUS or req.path.startswith(f"{_TUS}/")):
        return
    if asked.upper() not in _METHODS:
        raise Refused("method_not_allowed", "X-HTTP-Method-Override names no method of tus")
    req.method = asked.upper()


class Answers:
    """Headers that browsers heed, and one log line per answer: method, route, status, time and device, no content."""

    def __init__(self, *, tls: bool) -> None:
        self.headers = {**_HEADERS, **({"Strict-Transport-Security": "max-age=31536000"} if tls else {})}

    async def process_request(self, req: Request, _resp: Response) -> None:
        """Note when it began."""
        req.context.started = time.perf_counter()

    async def process_response(self, req: Request, resp: Response, _resource: Any, _ok: bool) -> None:
        """Add the headers that the resource has not set, and note the answer."""
        for name, value in self.headers.items():
            if resp.get_header(name) is None:
                resp.set_header(name, value)
        began, device = getattr(req.context, "started", time.perf_counter()), getattr(req.context, "device", "")
        self.note(req.method, req.uri_template or "", int(str(resp.status)[:3]), began, device)

    def note(self, method: str, route: str, status: int, began: float, device: str) -> None:
        """Count and log an answer; `began` is of `time.perf_counter`."""
        spent = time.perf_counter() - began
        metrics.answered(method, route, status, spent)
        told = {"method": method, "route": route, "status": status, "ms": round(spent * 1000, 1), "device": device}
        _log.info("request", extra=told)
