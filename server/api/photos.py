"""Photos by tus 1.0: creation, creation with upload, checksum and termination (ADR 0003)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from functools import partial

from falcon.asgi import Request, Response

from checklists.crypto import sign_mapping
from checklists.wire import canonical
from server import clock
from server.api import reading
from server.intake.photo_files import TYPES, PhotoFiles
from server.office import Office
from server.refusals import Refused
from server.store import photos
from server.store.models import Photo, PhotoWanted

_BLOCK = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


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
        resp.set_header("Tus-Extension", "creation,creation-with-upload,checksum,termination")
        resp.set_header("Tus-Checksum-Algorithm", "sha256")
        resp.set_header("Tus-Max-Size", str(self._office.config.photo_max_bytes))

    async def _admit(self, req: Request) -> None:
        await self._gate.device(req)
        if req.get_header("Tus-Resumable") != "1.0.0":
            raise Refused("tus_version", "", {"Tus-Version": "1.0.0"})

    async def _state(self, sha256: str, resp: Response) -> None:
        """Say how far the photo is, with its receipt once it is whole."""
        photo = await held(self._office, sha256)
        size = self._files.size(sha256)
        _tus(resp)
        if photo is not None:
            resp.set_header("Lujian-Receipt", _header(photo))
        if size is None:
            raise Refused("not_found", "no upload was begun")
        resp.set_header("Upload-Offset", str(size))

    async def _append(self, req: Request, sha256: str, offset: int) -> None:
        wanted = await _wanted(self._office, sha256)
        await receive(self._office, req, wanted, offset)


class PhotosResource(_Tus):
    """`/v1/photos`: begin an upload."""

    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin an upload, or find the photo already here; a body that comes along is taken at once."""
        await self._admit(req)
        sha256, type_ = _metadata(req)
        length = _number(req, "Upload-Length")
        wanted = await _wanted(self._office, sha256)
        _check(self._office, wanted, length, type_)
        offset = await self._office.store.read(self._files.begin, sha256)
        if req.get_header("Content-Type") == "application/offset+octet-stream" and offset == 0:
            await self._append(req, sha256, 0)
        await self._state(sha256, resp)
        resp.status = 201
        resp.set_header("Location", f"/v1/photos/{sha256}")


class PhotoResource(_Tus):
    """`/v1/photos/{sha256}`: go on with an upload."""

    async def on_head(self, req: Request, resp: Response, sha256: str) -> None:
        """Say how many bytes are here."""
        await self._admit(req)
        wanted = await _wanted(self._office, sha256)
        await self._state(sha256, resp)
        resp.set_header("Upload-Length", str(wanted[0].bytes))
        resp.status = 200

    async def on_patch(self, req: Request, resp: Response, sha256: str) -> None:
        """Append at exactly the offset; an upload that hangs elsewhere loses its right to go on."""
        await self._admit(req)
        if req.get_header("Content-Type") != "application/offset+octet-stream":
            raise Refused("content_type_wrong")
        await self._append(req, sha256, _number(req, "Upload-Offset"))
        await self._state(sha256, resp)
        resp.status = 204

    async def on_delete(self, req: Request, resp: Response, sha256: str) -> None:
        """Give up an upload that is not whole."""
        await self._admit(req)
        await _wanted(self._office, sha256)
        if await held(self._office, sha256) is not None:
            raise Refused("evidence_kept")
        await self._office.store.read(self._files.drop, sha256)
        _tus(resp)
        resp.status = 204


async def receive(office: Office, req: Request, wanted: list[PhotoWanted], offset: int) -> None:
    """Append a request's body to a photo and finish it with its last byte.

    Raises Refused offset_mismatch, checksum_mismatch, checksum_unknown, photo_differs, not_an_image, too_slow. What
    came before a cut or a stall is kept.
    """
    files, sha256, length = office.photo_files, str(wanted[0].sha256), int(wanted[0].bytes)
    expected = _checksum(req)
    upload = _Upload(files, sha256, files.take_over(sha256), offset, length)
    try:
        _check_offset(files.size(sha256), offset)
        found = await upload.run(office, req)
        cut = req.content_length is not None and upload.at - offset < req.content_length
        if expected is not None and found != expected and not cut:
            files.cut_back(sha256, upload.owner, offset)
            raise Refused("checksum_mismatch")
    finally:
        files.give_back(sha256, upload.owner)
    if upload.at == length:
        await finish(office, wanted[0])


def _check_offset(here: int | None, offset: int) -> None:
    if here is None:
        raise Refused("not_found", "no upload was begun")
    if here != offset:
        raise Refused("offset_mismatch", f"{here} bytes are here", {"Upload-Offset": str(here)})


@dataclass
class _Upload:
    """One request's way into a file: where it is, and by which right."""

    files: PhotoFiles
    sha256: str
    owner: object
    at: int
    length: int

    async def run(self, office: Office, req: Request) -> bytes:
        """Append the body block by block and return its SHA-256; what came is kept even when the sender goes away."""
        block, found = bytearray(), hashlib.sha256()
        try:
            async for chunk in reading.chunks(req, office.config.stall_seconds):
                block += chunk
                found.update(chunk)
                if len(block) >= _BLOCK:
                    await self._flush(office, block)
        finally:
            await self._flush(office, block)
        return found.digest()

    async def _flush(self, office: Office, block: bytearray) -> None:
        content = bytes(block)
        block.clear()
        if self.at + len(content) > self.length:
            raise Refused("photo_differs", f"the photo has {self.length} bytes")
        if content and not await office.store.read(self.files.append, self.sha256, self.owner, self.at, content):
            raise Refused("offset_mismatch", "another request goes on with this photo")
        self.at += len(content)


async def finish(office: Office, wanted: PhotoWanted) -> Photo:
    """Check and keep a photo whose last byte is in. Raises Refused checksum_mismatch, not_an_image: it starts again."""
    fault = await office.store.read(office.photo_files.finish, str(wanted.sha256), str(wanted.type))
    if fault:
        raise Refused(fault)
    return await office.store.write(partial(keep_photo, office, wanted))


def keep_photo(office: Office, wanted: PhotoWanted) -> Photo:
    """Note in a writing job that a photo's bytes are durable, and return it with its receipt, the first one given."""
    sha256, length, at = str(wanted.sha256), int(wanted.bytes), clock.now()
    body = {"sha256": sha256, "bytes": length, "received_at": at, "server_key": office.key.public}
    receipt = canonical(sign_mapping(office.key, body)).decode()
    return photos.keep(sha256=sha256, bytes_=length, type_=str(wanted.type), received_at=at, receipt=receipt)


async def held(office: Office, sha256: str) -> Photo | None:
    """Return the photo if it is here whole; one whose last step a crash cut off gets it now."""
    photo = await office.store.read(photos.held, sha256)
    if photo is None:
        wanted = (await _wanted(office, sha256))[0]
        if office.photo_files.size(sha256) == wanted.bytes:
            return await finish(office, wanted)
    return photo


async def _wanted(office: Office, sha256: str) -> list[PhotoWanted]:
    wanted = await office.store.read(photos.wanted, sha256) if _SHA256.fullmatch(sha256) else []
    if not wanted:
        raise Refused("photo_unknown")
    return wanted


def _check(office: Office, wanted: list[PhotoWanted], length: int, type_: str) -> None:
    if length > office.config.photo_max_bytes:
        raise Refused("photo_too_large", f"at most {office.config.photo_max_bytes} bytes")
    if length != wanted[0].bytes:
        raise Refused("photo_differs", f"the record names {wanted[0].bytes} bytes")
    if type_ not in TYPES or type_ != wanted[0].type:
        raise Refused("not_an_image", f"the record names {wanted[0].type}")


def _metadata(req: Request) -> tuple[str, str]:
    """Return `sha256` and `type` of the tus metadata header."""
    held: dict[str, str] = {}
    for pair in (req.get_header("Upload-Metadata") or "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            held[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError) as fault:
            raise Refused("malformed", "Upload-Metadata is not base64") from fault
    return held.get("sha256", ""), held.get("type", "")


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
