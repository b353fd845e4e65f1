"""What is written on the outside of a request: who sends it, over what, and which method it truly asks for."""

from __future__ import annotations

from falcon.asgi import Request, Response

from server.config import Config
from server.limits import client_of, neighbourhood
from server.refusals import Refused

_TUS, _PAGES = "/v1/photos", "/console/"
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
    """Let `X-HTTP-Method-Override` name the method, as tus 1.0 asks for where a client or a firewall knows no PATCH."""
    asked = req.get_header("X-HTTP-Method-Override")
    if asked is None or not (req.path == _TUS or req.path.startswith(f"{_TUS}/")):
        return
    if asked.upper() not in _METHODS:
        raise Refused("method_not_allowed", "X-HTTP-Method-Override names no method of tus")
    req.method = asked.upper()
