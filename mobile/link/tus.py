"""Sending one photo by tus 1.0: asks where the office stands, goes on from there, brings the receipt."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checklists.wire import read_json
from mobile.link.office import Office
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from requests import Response

TIMEOUT_S = (10, 20)
"""To connect, and between two bytes: what got stuck is left sooner than an office that works on an answer."""

_MOST_TROUBLES = 5
"""How often the offset may be asked again within one photo before its lane begins anew."""

_PASSING = frozenset({"offset_mismatch", "checksum_mismatch", "link_timeout", "link_broken", "too_slow"})

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
    troubles: int = 0
    answer: Response | None = None


def send_photo(
    office: Office,
    sha256: str,
    type_: str,
    content: bytes,
    progress: Progress = lambda offset: None,
    *,
    begun: bool = False,
) -> dict[str, Any] | None:
    """Return the office's receipt once it holds every byte. Raises Refusal; the bytes that arrived stay there.

    None: a hub holds every byte, and has no receipt of the office yet. `begun`: some bytes are said to be there.

    A photo that the office has costs one request; one that the line takes in one piece costs one too.
    """
    upload = _Upload(office, sha256, type_, content, progress)
    _create(upload, begun=begun)
    while upload.offset < len(content):
        _step(upload)
    receipt = _receipt(upload)
    if receipt is None and not _is_held(upload):
        _ask_offset(upload)
        receipt = _receipt(upload)
    if receipt is None and not _is_held(upload):
        raise Refusal("answer_malformed", "no receipt came with the last byte")
    return receipt


def _create(upload: _Upload, *, begun: bool = False) -> None:
    """Begin with the first piece, or, where it was begun, learn how far it is."""
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(upload.content)),
        "Upload-Metadata": f"sha256 {_b64(upload.sha256.encode())},type {_b64(upload.type.encode())}",
    }
    _send(upload, "POST", "/v1/photos", b"" if begun else _piece(upload, 0), headers)


def _step(upload: _Upload) -> None:
    """Send the next piece; where the office stands elsewhere, or the piece was damaged, ask and go on from there."""
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(upload.offset)}
    _send(upload, "PATCH", f"/v1/photos/{upload.sha256}", _piece(upload, upload.offset), headers)


def _piece(upload: _Upload, begin: int) -> bytes:
    return upload.content[begin : begin + upload.office.lanes.size]


def _send(upload: _Upload, method: str, path: str, piece: bytes, headers: dict[str, str]) -> None:
    if piece:
        headers |= {"Content-Type": "application/offset+octet-stream", "Upload-Checksum": _checksum(piece)}
    try:
        answer = upload.office.ask(method, path, body=piece, headers=headers, timeout=TIMEOUT_S)
    except Refusal as refusal:
        _recover(upload, refusal)
        return
    _answered(upload, answer)


def _recover(upload: _Upload, refusal: Refusal) -> None:
    upload.troubles += 1
    if refusal.code not in _PASSING or upload.troubles > _MOST_TROUBLES:
        raise refusal
    upload.office.lanes.shrink()
    _ask_offset(upload)


def _ask_offset(upload: _Upload) -> None:
    """Learn where the office stands; it has dropped what did not have the digest, and then the photo starts again."""
    try:
        answer = upload.office.ask(
            "HEAD", f"/v1/photos/{upload.sha256}", headers={"Tus-Resumable": "1.0.0"}, timeout=TIMEOUT_S
        )
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
        return dict(read_json(base64.b64decode(header, validate=True)))
    except (ValueError, TypeError) as problem:
        raise Refusal("answer_malformed", "the photo's receipt cannot be read") from problem


def _is_held(upload: _Upload) -> bool:
    return upload.office.is_hub and upload.answer is not None and "Lujian-Held" in upload.answer.headers


def _checksum(piece: bytes) -> str:
    return f"sha256 {_b64(hashlib.sha256(piece).digest())}"


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
