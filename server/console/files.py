"""Style sheets, drawings and scripts of the console: read once, named by their content, kept by the browser."""

from __future__ import annotations

import hashlib
from pathlib import Path

from falcon.asgi import Request, Response

from server.refusals import Refused

ALONE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""For a picture opened by itself: it runs nothing; the styles are those of the browser's own picture page."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
}


class StaticFiles:
    """`GET /console/static/{name}`: no path of the request ever reaches the file system."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in folder.iterdir() if path.suffix in _TYPES
        }
        self._tags = {name: hashlib.sha256(content).hexdigest()[:16] for name, (content, _type) in self._files.items()}

    def address(self, name: str) -> str:
        """Return the address of a file; it changes with the content. A drawing that is not here has none."""
        return f"/console/static/{name}?v={self._tags[name]}" if name in self._files else ""

    async def on_get(self, _req: Request, resp: Response, name: str) -> None:
        """Give the file."""
        if name not in self._files:
            raise Refused("not_found")
        resp.data, resp.content_type = self._files[name]
        resp.set_header("Cache-Control", "public, max-age=31536000, immutable")
        resp.set_header("Content-Security-Policy", ALONE)
