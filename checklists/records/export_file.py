"""What a tablet hands to its office as a file: the outbox, or what a wiped tablet kept; readable by the office alone.

The file is a tar whose members stay as the tablet's store keeps them, encrypted; `header.json`, with the key of those
columns sealed for the office, stands at its start, at its end and between. So a tablet makes it without a PIN and
without holding a photo in memory, and damage costs the members that it hits and no others.

    records/<digest>.json               {digest, signature, device_seq, body}: a sealed part
    photos/<sha256>                     a photo file that a sealed part names
    unfinished/<inspection>.json        {inspection, state, opened_at, entries: [{id, seq, device, body}]}: not sealed
    unfinished/<inspection>/<sha256>    a photo file of it
"""

from __future__ import annotations

import base64
import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from checklists.crypto import SealingKey, columns_key, decrypt, place, seal_for
from checklists.values import frozen
from checklists.wire import canonical

FORMAT = 1
SUFFIX = ".lujian"
RECEIPTS_SUFFIX = ".receipts.json"
HEADER = "header.json"
MOST_BYTES = 64 * 1024 * 1024
"""Of one member; a larger one is damage."""

_HEADER_EVERY = 8
"""Members, so that one damaged place never takes the key with it."""


class HandoverError(ValueError):
    """A file that cannot be opened at all: no header in it, or one of a later format."""


_MOST_MEMBERS = 1_000_000
"""More is no tablet's outbox, and no number that a header may claim. Ours."""


@frozen
class Header:
    """Whose file it is, and how much is in it. `wrapped` is the columns' key, sealed for the office's `sealing_key`."""

    device: str
    prefix: str
    sealing_key: str
    wrapped: str
    made_at: str
    records: int = 0
    photos: int = 0
    unfinished: int = 0
    format: int = FORMAT


@frozen
class Member:
    """One thing in the file, its bytes as an open file."""

    name: str
    size: int
    content: BinaryIO


def wrap(sealing_key: str, store_key: bytes, device: str) -> str:
    """Return the key of a store's columns sealed for the office, in base64. Raises SealError."""
    return base64.b64encode(seal_for(sealing_key, columns_key(store_key), place("store", device))).decode()


def unwrap(key: SealingKey, header: Header) -> bytes:
    """Return the key of the columns. Raises SealError where it was sealed for another key, or for another device."""
    return key.unseal(base64.b64decode(header.wrapped), place("store", header.device))


def reveal(columns: bytes, hidden: bytes, *names: str) -> bytes:
    """Return what the tablet hid in that place. Raises SealError."""
    return decrypt(columns, hidden, place(*names))


def plain(name: str, content: Mapping[str, Any]) -> Member:
    """Return a member of JSON; bytes in it are base64 already."""
    body = canonical(dict(content))
    return Member(name, len(body), io.BytesIO(body))


def write(file: BinaryIO, header: Header, members: Iterable[Member]) -> None:
    """Write the whole file, member by member."""
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.USTAR_FORMAT) as tar:
        for number, member in enumerate(members):
            if number % _HEADER_EVERY == 0:
                _add(tar, plain(HEADER, asdict(header)))
            _add(tar, member)
        _add(tar, plain(HEADER, asdict(header)))


def read_header(file: BinaryIO) -> Header:
    """Return the first header that can be read. Raises HandoverError."""
    for member in _infos(file):
        if member.name == HEADER and (content := member.read()) is not None and (told := _header(content)) is not None:
            if told.format > FORMAT:
                raise HandoverError(f"format {told.format} is newer than this office")
            return told
    raise HandoverError("this is no export of a tablet, or its header cannot be read")


def read(file: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    """Yield every member but the headers, as name and bytes; None where the file ends within it."""
    for member in _infos(file):
        if member.name != HEADER:
            yield member.name, member.read()


def names(file: BinaryIO) -> Iterator[tuple[str, int]]:
    """Yield the names and sizes of the members without reading them."""
    for member in _infos(file):
        if member.name != HEADER:
            yield member.name, member.info.size


@frozen
class _Info:
    """A member by where its bytes begin; `whole` is False where the file ends within it."""

    file: BinaryIO
    info: tarfile.TarInfo
    start: int
    whole: bool

    @property
    def name(self) -> str:
        return self.info.name

    def read(self) -> bytes | None:
        if not self.whole:
            return None
        self.file.seek(self.start)
        return self.file.read(self.info.size)


def _infos(file: BinaryIO) -> Iterator[_Info]:
    """Every plain member that can be found; what is no header is passed over block by block.

    Headers are read one at a time and never beyond what `write` makes: no sparse files, no extended headers, no links.
    So no member gives more bytes than the file has, and each byte belongs to one member.
    """
    end, at = file.seek(0, io.SEEK_END), 0
    while at + tarfile.BLOCKSIZE <= end:
        file.seek(at)
        at += tarfile.BLOCKSIZE
        info = _info(file.read(tarfile.BLOCKSIZE))
        if info is None:
            continue
        whole = at + info.size <= end
        yield _Info(file, info, at, whole)
        if whole:
            at += -(-info.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE


def _info(block: bytes) -> tarfile.TarInfo | None:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except (tarfile.TarError, ValueError):
        return None
    plain = info.type in (tarfile.REGTYPE, tarfile.AREGTYPE)
    return info if plain and 0 <= info.size <= MOST_BYTES else None


def _header(content: bytes) -> Header | None:
    try:
        told = json.loads(content)
        held = {name: told[name] for name in Header.__dataclass_fields__}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    counts = ("records", "photos", "unfinished", "format")
    fits = all(
        type(one) is int and 0 <= one <= _MOST_MEMBERS if name in counts else isinstance(one, str)
        for name, one in held.items()
    )
    return Header(**held) if fits else None


def _add(tar: tarfile.TarFile, member: Member) -> None:
    info = tarfile.TarInfo(member.name)
    info.size = member.size
    tar.addfile(info, member.content)
