"""What a browser posts: fields and files, read within bounds, plain or as multipart."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from falcon import HTTPError
from falcon.asgi import Request
from falcon.media import MultipartFormHandler

from server.api import reading
from server.importing.faults import SheetError
from server.importing.sheets import decoded
from server.refusals import Refused

TEXT_BYTES = 1024 * 1024
"""A form without files: an interview of twenty thousand signs is 180 KB once a browser has written it."""
FILE_BYTES = 40 * 1024 * 1024
"""A form with files: a scan of a whole file of papers."""
MOST_FIELDS = 2000


@dataclass(frozen=True)
class Upload:
    """A file as the browser told it; name and type are only what was said."""

    name: str
    type: str
    content: bytes

    @property
    def text(self) -> str:
        """The content as text, as spreadsheets here write it. Raises Refused malformed."""
        try:
            return decoded(self.content)
        except SheetError as problem:
            raise Refused("malformed", "neither UTF-8 nor GB 18030 nor UTF-16") from problem


@dataclass(frozen=True)
class Posted:
    """A form: every value of every name in the order sent, and the files that were chosen."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        """Each name once, with the last of its values: a hidden "no" stands before a ticked box."""
        return {name: values[-1] for name, values in self.values.items()}

    def get(self, name: str) -> str:
        """Return the value of a name without the spaces around it, empty where there is none."""
        return self.fields.get(name, "").strip()

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a name."""
        return self.values.get(name, ())


async def posted(req: Request, stall_seconds: int, limit: int = TEXT_BYTES) -> Posted:
    """Return what was posted. Raises Refused malformed, body_too_large, form_refused.

    A browser says where a request comes from; what says that it comes from another site is refused at once.
    """
    if req.get_header("Sec-Fetch-Site") not in (None, "same-origin", "none"):
        raise Refused("form_refused")
    content = await reading.body(req, stall_seconds, limit)
    kind = (req.content_type or "").partition(";")[0].strip().lower()
    found = _multipart(content, req.content_type or "") if kind == "multipart/form-data" else _plain(content)
    if any("\0" in text for name, values in found.values.items() for text in (name, *values)):
        raise Refused("malformed", "a NUL in a field")
    return found


def _plain(content: bytes) -> Posted:
    try:
        pairs = parse_qsl(content.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as fault:
        raise Refused("malformed") from fault
    return Posted(_together(pairs))


def _multipart(content: bytes, content_type: str) -> Posted:
    """Read the parts; a file field that nothing was chosen for is no file."""
    handler = MultipartFormHandler()
    handler.parse_options.max_body_part_buffer_size = len(content)
    handler.parse_options.max_body_part_count = MOST_FIELDS
    pairs, files = [], {}
    try:
        for part in handler.deserialize(io.BytesIO(content), content_type, len(content)):
            name, held = part.name or "", part.get_data()
            if part.filename is None:
                pairs.append((name, held.decode()))
            elif part.filename or held:
                files[name] = Upload(part.filename.replace("\0", "")[:200], part.content_type or "", held)
    except (HTTPError, ValueError) as fault:
        raise Refused("malformed") from fault
    return Posted(_together(pairs), files)


def _together(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        values[name] = (*values.get(name, ()), value)
    return values
