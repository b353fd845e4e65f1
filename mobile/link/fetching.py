"""Fetching a package: what came before the line was lost stays, and the rest is asked for (RFC 9110, 13.1.5, 14)."""

from __future__ import annotations

import base64
import gzip
import zlib
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from mobile.link.office import Office
from mobile.link.retries import LOST
from mobile.refusals import Refusal
from mobile.store.store import Store, drop_setting, keep_setting, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import Response

_BEGUN = "package_begun"
_KEPT_BYTES = 64 * 1024
"""So much may be lost when the app is killed: what came is written down whenever so much more is there."""


@dataclass(frozen=True)
class _Begun:
    """What is there of a package's bytes: `tag` names them as this office packs them, empty where it named none."""

    digest: str
    tag: str = ""
    packed: bool = False
    content: bytes = b""


def fetch(held: Store, office: Office, offer: Mapping[str, Any]) -> bytes:
    """Return the bytes of the package that an offer names, unproven. Raises Refusal; what came by then is kept.

    Where the line is lost in the middle it goes on at once, as long as each try brings something.
    """
    path = f"/v1/packages/{offer.get('name')}@{offer.get('version')}"
    while True:
        begun = _kept(held, str(offer.get("digest")))
        try:
            return _rest(held, office, path, begun)
        except Refusal as refusal:
            if refusal.code not in LOST or len(_kept(held, begun.digest).content) <= len(begun.content):
                raise


def _rest(held: Store, office: Office, path: str, begun: _Begun) -> bytes:
    rest = {"Range": f"bytes={len(begun.content)}-", "If-Range": begun.tag} if begun.content else {}
    with office.begun(path, {"Accept-Encoding": "gzip", **rest}) as (answer, blocks):
        begun = _goes_on(begun, answer)
        content, written = bytearray(begun.content), len(begun.content)
        try:
            for block in blocks:
                content += block
                if len(content) - written >= _KEPT_BYTES:
                    _keep(held, replace(begun, content=bytes(content)))
                    written = len(content)
        except Refusal:
            _keep(held, replace(begun, content=bytes(content)))
            raise
    # Whatever is wrong with it begins anew.
    drop_setting(held, _BEGUN)
    return _unpacked(bytes(content)) if begun.packed else bytes(content)


def _goes_on(begun: _Begun, answer: Response) -> _Begun:
    """Return what the answer's bytes are put behind: nothing, where it is not the rest of what is there."""
    told = answer.headers
    if answer.status_code == 206 and begun.content:
        if not str(told.get("Content-Range", "")).startswith(f"bytes {len(begun.content)}-"):
            raise Refusal("answer_malformed", "another part of the package than the one that was asked for")
        return begun
    return _Begun(begun.digest, told.get("ETag", ""), told.get("Content-Encoding") == "gzip")


def _kept(held: Store, digest: str) -> _Begun:
    told = setting(held, _BEGUN)
    if told is None or told["digest"] != digest:
        return _Begun(digest)
    return _Begun(**{**told, "content": base64.b64decode(told["content"])})


def _keep(held: Store, begun: _Begun) -> None:
    """Write down what came, where its bytes have a name by which the rest can be asked for."""
    if begun.tag and begun.content:
        keep_setting(held, _BEGUN, {**asdict(begun), "content": base64.b64encode(begun.content).decode()})


def _unpacked(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as problem:
        raise Refusal("package_invalid", "the bytes cannot be unpacked") from problem
