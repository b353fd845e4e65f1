"""What tablets handed over beside records: listed for those who may see it, each look logged.

What does not fit its shape is never drawn: it can be saved as a file.
"""

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
        """Give the file. Raises Refused not_found, also for what this visitor may not see; photo_damaged."""
        asked = number.isascii() and number.isdecimal() and len(number) < 10
        held = await self.store.read(unsealed.one, who.scope, int(number)) if asked else None
        if held is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"unsealed:{number}", str(held.inspection))
        name = str(held.name)
        resp.data = await self.store.read(_content, path(self.console.office, str(held.inspection), name))
        known = "" if held.fault else _TYPES.get(Path(name).suffix, "")
        resp.content_type = known or "application/octet-stream"
        if not known:
            resp.set_header("Content-Disposition", f'attachment; filename="{str(held.digest)[:12]}.bin"')
        resp.set_header("Content-Security-Policy", ALONE)


def _content(file: Path) -> bytes:
    """Return the bytes of a file. Raises Refused photo_damaged where it is not here any more."""
    try:
        return file.read_bytes()
    except OSError as problem:
        raise Refused("photo_damaged", "it is not here") from problem
