"""A request whose body never begins is answered and ended here: Falcon waits for its first bytes without limit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from server.refusals import REFUSALS, problem

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Asgi = Callable[[Any, Receive, Send], Awaitable[None]]


def patient(app: Asgi, stall_seconds: int) -> Asgi:
    """Return the app behind a wait for the first event of each request: as long as for every later one."""

    async def wait(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        try:
            first = await asyncio.wait_for(receive(), stall_seconds)
        except TimeoutError:
            await _too_slow(send)
            return
        await app(scope, _with_first(first, receive), send)

    return wait


def _with_first(first: Event, receive: Receive) -> Receive:
    held: list[Event] = [first]

    async def again() -> Event:
        return held.pop() if held else await receive()

    return again


async def _too_slow(send: Send) -> None:
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    status = REFUSALS["too_slow"].status
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem("too_slow")).encode()})
