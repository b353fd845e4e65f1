"""One photo from a hub to its parent by tus 1.0, from its file: it goes on from where the parent stands."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from server.hub.parent import Answer, Parent, ParentRefused

STEP = 512 * 1024
_MOST_TROUBLES = 5
_SPEAKS = {"Tus-Resumable": "1.0.0"}
_PIECE = {**_SPEAKS, "Content-Type": "application/offset+octet-stream"}
_PASSING = ("offset_mismatch", "checksum_mismatch", "cut_short", "not_found")


def send(parent: Parent, sha256: str, type_: str, size: int, path: Path) -> dict[str, Any]:
    """Return the parent's receipt once it has every byte. Raises ParentRefused; what arrived stays there."""
    answer, troubles = _begin(parent, sha256, type_, size), 0
    while (given := _receipt(answer)) is None:
        at = _offset(answer, size)
        try:
            answer = _step(parent, sha256, at, path) if at < size else _ask(parent, sha256)
        except ParentRefused as refused:
            troubles += 1
            if refused.code not in _PASSING or troubles > _MOST_TROUBLES:
                raise
            answer = _begin(parent, sha256, type_, size)
            continue
        if at >= size and _receipt(answer) is None:
            raise ParentRefused("answer_malformed", "no receipt with the last byte", answer.status)
    return given


def _begin(parent: Parent, sha256: str, type_: str, size: int) -> Answer:
    """Begin the upload, or hear how far it is."""
    metadata = f"sha256 {_b64(sha256.encode())},type {_b64(type_.encode())}"
    told = {**_SPEAKS, "Upload-Length": str(size), "Upload-Metadata": metadata}
    return parent.ask("POST", "/v1/photos", b"", told)


def _step(parent: Parent, sha256: str, at: int, path: Path) -> Answer:
    with path.open("rb") as file:
        file.seek(at)
        piece = file.read(STEP)
    checksum = f"sha256 {_b64(hashlib.sha256(piece).digest())}"
    told = {**_PIECE, "Upload-Offset": str(at), "Upload-Checksum": checksum}
    return parent.ask("PATCH", f"/v1/photos/{sha256}", piece, told)


def _ask(parent: Parent, sha256: str) -> Answer:
    return parent.ask("HEAD", f"/v1/photos/{sha256}", None, _SPEAKS)


def _offset(answer: Answer, size: int) -> int:
    text = answer.headers.get("upload-offset", "")
    if not text.isdecimal() or int(text) > size:
        raise ParentRefused("answer_malformed", "Upload-Offset", answer.status)
    return int(text)


def _receipt(answer: Answer) -> dict[str, Any] | None:
    header = answer.headers.get("lujian-receipt")
    if header is None:
        return None
    try:
        return dict(json.loads(base64.b64decode(header, validate=True)))
    except ValueError as problem:
        raise ParentRefused("answer_malformed", "the receipt cannot be read", answer.status) from problem


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
