"""Sending one photo by tus 1.0: asks where the office stands, goes on from there, brings the receipt."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mobile.link.office import Office
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from requests import Response

FIRST_STEP = 256 * 1024
LONGEST_STEP = 1024 * 1024
_MOST_TROUBLES = 5
"""How often the offset may be asked again within one photo before the run waits for a better hour."""

Progress = Callable[[int], None]
"""Called with the number of bytes that the office holds."""


@dataclass
class _Upload:
    office: Office
    sha256: str
    type: str
    content: bytes
    progress: Progress
    offset: int = 0
    step: int = FIRST_STEP
    troubles: int = 0
    answer: Response | None = None


def send_photo(
    office: Office, sha256: str, type_: str, content: bytes, progress: Progress = lambda offset: None
) -> dict[str, Any] | None:
    """Return the office's receipt once it holds every byte. Raises Refusal; the bytes that arrived stay there.

    None: a hub holds every byte, and has no receipt of the office yet.

    A photo that the office has costs one request; a small one that it has not costs one too.
    """
    upload = _Upload(office, sha256, type_, content, progress)
    _create(upload)
    while upload.offset < len(content):
        _step(upload)
    receipt = _receipt(upload)
    if receipt is None:
        _ask_offset(upload)
        receipt = _receipt(upload)
    if receipt is None and not _is_held(upload):
        raise Refusal("answer_malformed", "no receipt came with the last byte")
    return receipt


def _create(upload: _Upload) -> None:
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(upload.content)),
        "Upload-Metadata": f"sha256 {_b64(upload.sha256.encode())},type {_b64(upload.type.encode())}",
    }
    small = len(upload.content) <= FIRST_STEP
    if small:
        headers |= {"Content-Type": "application/offset+octet-stream", "Upload-Checksum": _checksum(upload.content)}
    body = upload.content if small else b""
    _answered(upload, upload.office.ask("POST", "/v1/photos", body=body, headers=headers))


def _step(upload: _Upload) -> None:
    """Send the next piece; where the office stands elsewhere, or the piece was damaged, ask and go on from there."""
    piece = upload.content[upload.offset : upload.offset + upload.step]
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(upload.offset),
        "Content-Type": "application/offset+octet-stream",
        "Upload-Checksum": _checksum(piece),
    }
    try:
        answer = upload.office.ask("PATCH", f"/v1/photos/{upload.sha256}", body=piece, headers=headers)
    except Refusal as refusal:
        _recover(upload, refusal)
        return
    _answered(upload, answer)
    upload.step = min(upload.step * 2, LONGEST_STEP)


def _recover(upload: _Upload, refusal: Refusal) -> None:
    upload.troubles += 1
    known = refusal.code in ("offset_mismatch", "checksum_mismatch", "link_timeout", "link_broken")
    if not known or upload.troubles > _MOST_TROUBLES:
        raise refusal
    upload.step = max(upload.step // 2, FIRST_STEP // 4)
    _ask_offset(upload)


def _ask_offset(upload: _Upload) -> None:
    """Learn where the office stands; it has dropped what did not have the digest, and then the photo starts again."""
    try:
        answer = upload.office.ask("HEAD", f"/v1/photos/{upload.sha256}", headers={"Tus-Resumable": "1.0.0"})
    except Refusal as refusal:
        if refusal.facts.get("status") != 404:
            raise
        _create(upload)
        return
    _answered(upload, answer)


def _answered(upload: _Upload, answer: Response) -> None:
    try:
        offset = int(answer.headers.get("Upload-Offset", "0"))
    except ValueError as problem:
        raise Refusal("answer_malformed", "Upload-Offset is no number") from problem
    if not 0 <= offset <= len(upload.content):
        raise Refusal("answer_malformed", f"the office claims {offset} bytes")
    upload.answer, upload.offset = answer, offset
    upload.progress(offset)


def _receipt(upload: _Upload) -> dict[str, Any] | None:
    header = upload.answer.headers.get("Lujian-Receipt") if upload.answer is not None else None
    if header is None:
        return None
    try:
        return dict(json.loads(base64.b64decode(header, validate=True)))
    except ValueError as problem:
        raise Refusal("answer_malformed", "the photo's receipt cannot be read") from problem


def _is_held(upload: _Upload) -> bool:
    return upload.office.is_hub and upload.answer is not None and "Lujian-Held" in upload.answer.headers


def _checksum(piece: bytes) -> str:
    return f"sha256 {_b64(hashlib.sha256(piece).digest())}"


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
