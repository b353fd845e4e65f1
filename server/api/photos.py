"""Photos by tus 1.0: creation, creation with upload, checksum, termination and expiration (ADR 0003)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from falcon.asgi import Request, Response

from server.api import reading
from server.intake.photos import Named, check_bounds, finish, held, named
from server.office import Office
from server.refusals import Refused
from server.store import photos
from server.store.models import Photo
from server.store.photo_files import TYPES, PhotoFiles, Upload

_BLOCK = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PIECE = "application/offset+octet-stream"


class _Tus:
    """What both addresses share."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate
        self._files = office.photo_files

    async def on_options(self, _req: Request, resp: Response, **_path: str) -> None:
        """Say which tus this is."""
        resp.status = 204
        _tus(resp)
        resp.set_header("Tus-Version", "1.0.0")
        resp.set_header("Tus-Extension", "creation,creation-with-upload,checksum,termination,expiration")
        resp.set_header("Tus-Checksum-Algorithm", "sha256")
        resp.set_header("Tus-Max-Size", str(self._office.config.photo_max_bytes))

    async def _admit(self, req: Request, resp: Response) -> str:
        """Return the device that sends."""
        _tus(resp)
        device = await self._gate.device(req)
        if req.get_header("Tus-Resumable") != "1.0.0":
            raise Refused("tus_version", "", {"Tus-Version": "1.0.0"})
        return str(device.id)

    async def _named(self, device: str, sha256: str) -> Named:
        if not _SHA256.fullmatch(sha256):
            raise Refused("photo_unknown")
        return await named(self._office, Upload(device, sha256))

    async def _state(self, photo: Named, resp: Response) -> Photo | None:
        """Say how far the photo is, with its receipt once it is whole; return it then."""
        here = await held(self._office, photo)
        size = self._files.size(photo.upload) if here is None else int(here.bytes)
        if here is not None and here.receipt:
            resp.set_header("Lujian-Receipt", _header(here))
        elif here is not None and self._office.hub is not None:
            resp.set_header("Lujian-Held", self._office.hub.hub)
        if size is None:
            raise Refused("not_found", "no upload was begun")
        resp.set_header("Upload-Offset", str(size))
        changed = self._files.changed(photo.upload)
        if here is None and changed is not None:
            until = datetime.fromtimestamp(changed, UTC) + timedelta(days=self._office.config.upload_days)
            resp.set_header("Upload-Expires", format_datetime(until, usegmt=True))
        return here


class PhotosResource(_Tus):
    """`/v1/photos`: begin an upload."""

    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin an upload, or find the photo already here; a body that comes along is taken at once."""
        device = await self._admit(req, resp)
        sha256, type_ = _metadata(req)
        length = _number(req, "Upload-Length")
        photo = await self._named(device, sha256)
        _check(self._office, photo, length, type_)
        if await held(self._office, photo) is None:
            await check_bounds(self._office, photo, length)
            await self._files.run(self._files.begin, photo.upload)
            if req.get_header("Content-Type") == _PIECE:
                await receive(self._office, req, photo, None)
        await self._state(photo, resp)
        resp.status = 201
        resp.set_header("Location", f"/v1/photos/{sha256}")


class PhotoResource(_Tus):
    """`/v1/photos/{sha256}`: go on with an upload."""

    async def on_head(self, req: Request, resp: Response, sha256: str) -> None:
        """Say how many bytes are here."""
        photo = await self._named(await self._admit(req, resp), sha256)
        here = await self._state(photo, resp)
        resp.set_header("Upload-Length", str(photo.longest if here is None else here.bytes))
        resp.status = 200

    async def on_patch(self, req: Request, resp: Response, sha256: str) -> None:
        """Append at exactly the offset; an upload that hangs elsewhere loses its right to go on."""
        device = await self._admit(req, resp)
        if req.get_header("Content-Type") != _PIECE:
            raise Refused("content_type_wrong")
        photo = await self._named(device, sha256)
        await receive(self._office, req, photo, _number(req, "Upload-Offset"))
        await self._state(photo, resp)
        resp.status = 204

    async def on_delete(self, req: Request, resp: Response, sha256: str) -> None:
        """Give up one's own upload that is not whole."""
        photo = await self._named(await self._admit(req, resp), sha256)
        if await held(self._office, photo) is not None:
            raise Refused("evidence_kept")
        await self._files.run(self._files.drop, photo.upload)
        resp.status = 204


async def receive(office: Office, req: Request, photo: Named, offset: int | None) -> None:
    """Append a request's body to a photo and finish it with its last byte.

    `offset` None is a creation: its body begins at the photo's first byte, and what is here already is passed over.
    Raises Refused offset_mismatch, checksum_mismatch, checksum_unknown, photo_differs, not_an_image, too_slow,
    cut_short, storage_full, photos_away. What came before a cut or a stall is kept.
    """
    files, expected = office.photo_files, _checksum(req)
    if files.size(photo.upload) is None and (here := await office.store.read(photos.held, photo.upload.sha256)):
        _check_end(here, offset)
        return
    sending = _Sending(files, photo, files.take_over(photo.upload))
    try:
        start = sending.begin(offset)
        found = await sending.run(req, office.config.stall_seconds)
        if expected is not None and found != expected:
            files.cut_back(photo.upload, sending.owner, start)
            raise Refused("checksum_mismatch")
    finally:
        files.give_back(photo.upload, sending.owner)
    if sending.at in photo.lengths:
        await finish(office, photo)


@dataclass
class _Sending:
    """One request's way into a file: where it is, by which right, and how much of its body is here already."""

    files: PhotoFiles
    photo: Named
    owner: object
    at: int = 0
    known: int = 0

    def begin(self, offset: int | None) -> int:
        """Return where the file stands. Raises Refused not_found, offset_mismatch."""
        here = self.files.size(self.photo.upload)
        if here is None:
            raise Refused("not_found", "no upload was begun")
        if offset is not None and here != offset:
            raise Refused("offset_mismatch", f"{here} bytes are here", {"Upload-Offset": str(here)})
        self.at, self.known = here, here if offset is None else 0
        return here

    async def run(self, req: Request, stall_seconds: int) -> bytes:
        """Append the body block by block and return its SHA-256; what came is kept even when the sender goes away."""
        block, found = bytearray(), hashlib.sha256()
        try:
            async for chunk in reading.chunks(req, stall_seconds):
                found.update(chunk)
                passed = min(self.known, len(chunk))
                self.known -= passed
                block += chunk[passed:]
                if len(block) >= _BLOCK:
                    await self._flush(block)
        finally:
            await self._flush(block)
        return found.digest()

    async def _flush(self, block: bytearray) -> None:
        content = bytes(block)
        block.clear()
        if self.at + len(content) > self.photo.longest:
            raise Refused("photo_differs", f"the photo has {self.photo.longest} bytes")
        if content and not await self.files.run(self.files.append, self.photo.upload, self.owner, self.at, content):
            raise Refused("offset_mismatch", "another request goes on with this photo")
        self.at += len(content)


def _check_end(here: Photo, offset: int | None) -> None:
    """Refuse to go on with a photo that is whole and left the disk, anywhere but at its end."""
    if offset is not None and offset != int(here.bytes):
        raise Refused("offset_mismatch", f"{here.bytes} bytes are here", {"Upload-Offset": str(here.bytes)})


def _check(office: Office, photo: Named, length: int, type_: str) -> None:
    if length > office.config.photo_max_bytes:
        raise Refused("photo_too_large", f"at most {office.config.photo_max_bytes} bytes")
    if length not in photo.lengths:
        raise Refused("photo_differs", f"the record names {photo.longest} bytes")
    if type_ not in TYPES or type_ not in photo.types:
        raise Refused("not_an_image", f"the record names {', '.join(sorted(photo.types))}")


def _metadata(req: Request) -> tuple[str, str]:
    """Return `sha256` and `type` of the tus metadata header; common clients call the type `filetype`."""
    held: dict[str, str] = {}
    for pair in (req.get_header("Upload-Metadata") or "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            held[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError) as fault:
            raise Refused("malformed", "Upload-Metadata is not base64") from fault
    return held.get("sha256", ""), held.get("type") or held.get("filetype", "")


def _number(req: Request, name: str) -> int:
    text = req.get_header(name) or ""
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise Refused("malformed", f"{name} is no number")
    return int(text)


def _checksum(req: Request) -> bytes | None:
    header = req.get_header("Upload-Checksum")
    if header is None:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm != "sha256":
        raise Refused("checksum_unknown", "sha256 alone")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Refused("malformed", "Upload-Checksum is not base64") from fault


def _header(photo: Photo) -> str:
    return base64.b64encode(str(photo.receipt).encode()).decode()


def _tus(resp: Response) -> None:
    resp.set_header("Tus-Resumable", "1.0.0")
