"""A tablet asks whether anything is new, and nothing is: answered ahead of Falcon, since nothing is asked more often.

Only from what is in memory, and only where nothing stands against it. Everything else, every refusal too, is left to
`ChangesResource`, which then hears the question as it came.
"""

from __future__ import annotations

import re
import time
from typing import Any

from falcon.asgi import App as Falcon
from falcon.asgi import Request, Response

from server.api.changes import LINES, ChangesResource
from server.envelope import Answers

PATH = "/v1/changes"

_PLAIN = re.compile(rb"since=([0-9a-f.-]{1,80})(?:&limit=\d{1,9})?(?:&wait=0)?")
"""The question as tablets write it; one that is written otherwise, or that would wait, is Falcon's."""


class Poll:
    """Answers that nothing is new."""

    def __init__(self, changes: ChangesResource, answers: Answers) -> None:
        self._changes, self._answers = changes, answers
        told = {"Content-Type": LINES, "Vary": "Accept-Encoding", **answers.headers}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in told.items()]

    def answer(self, scope: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return the events of the answer, counted and logged as any other is; None where it is not known here."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
            return None
        began, asked = time.perf_counter(), _PLAIN.fullmatch(scope["query_string"])
        if asked is None:
            return None
        scope["headers"] = [(name, value) for name, value in scope["headers"]]  # ASGI lets them be read only once
        shown = [value for name, value in scope["headers"] if name == b"authorization"]
        found = self._changes.standing(shown[0].decode("latin-1"), asked[1].decode()) if len(shown) == 1 else None
        if found is None:
            return None
        device, body = found
        self._answers.note("GET", PATH, 200, began, device)
        length = (b"content-length", str(len(body)).encode())
        start = {"type": "http.response.start", "status": 200, "headers": [*self._headers, length]}
        return start, {"type": "http.response.body", "body": body}


class App(Falcon[Request, Response]):
    """Falcon's app with a poll ahead of it."""

    poll: Poll

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # type: ignore[override] # as Falcon's own
        """Answer here, or let Falcon do it."""
        answer = self.poll.answer(scope)
        if answer is None:
            await super().__call__(scope, receive, send)
            return
        for event in answer:
            await send(event)
