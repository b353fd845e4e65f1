"""Checks that nobody sealed, handed over by tablets: listed for those who may see them, each look logged."""

from __future__ import annotations

from pathlib import Path

from falcon.asgi import Request, Response

from server.console.files import ALONE
from server.console.frame import Page
from server.console.visitor import Visitor
from server.intake.unsealed import path
from server.refusals import Refused
from server.store import unsealed

_TYPES = {".json": "application/json", ".jpg": "image/jpeg", ".png": "image/png"}


class UnsealedList(Page):
    """`/console/unsealed`: what was laid aside, the latest first."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        rows = await self.store.read(unsealed.listing, who.scope)
        self.console.draw(req, resp, "unsealed.html", who, rows=rows)


class UnsealedFile(Page):
    """`/console/unsealed/{number}`: one file as it was laid aside."""

    async def show(self, req: Request, resp: Response, who: Visitor, number: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found, also for what this visitor may not see."""
        known = number.isascii() and number.isdecimal() and len(number) < 10
        held = await self.store.read(unsealed.one, who.scope, int(number)) if known else None
        if held is None:
            raise Refused("not_found")
        await self.console.note(who.login, "view", f"unsealed:{number}", who.purpose)
        name = str(held.name)
        resp.data = await self.store.read(path(self.console.office, str(held.inspection), name).read_bytes)
        resp.content_type = _TYPES.get(Path(name).suffix, "application/octet-stream")
        resp.set_header("Content-Security-Policy", ALONE)
