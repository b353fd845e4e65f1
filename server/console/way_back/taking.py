"""What a party's form brings: photos and PDFs by their content, kept as they came, and where they belong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.console.cases import scans
from server.console.posted import Posted, Upload
from server.console.way_back.page import asked
from server.office import Office
from server.refusals import Refused
from server.store import case_scans, way_back
from server.store.way_back import Brought, WayBackError

INPUTS = ("file1", "file2", "file3", "file4")
"""Several plain inputs: an old phone chooses one file at a time."""
MOST_FORM = 24 * 1024 * 1024
LONGEST = 4000
_ENDS = {scans.JPEG: b"\xff\xd9", scans.PNG: b"IEND", scans.PDF: b"%%EOF"}
"""Type → what a whole file of it holds near its end: half a photo is not kept as proof."""


@dataclass(frozen=True)
class Taken:
    """What became of a form: whether anything was new, and the names of files that were not taken."""

    new: bool
    wrong: tuple[str, ...]


def is_whole(content: bytes) -> bool:
    """Whether a file is a photo or a PDF by its content, from its first bytes to its end."""
    type_ = scans.type_of(content)
    return bool(type_) and _ENDS[type_] in content


async def take(office: Office, inspection: str, form: Posted) -> Taken:
    """Keep what a form brings and let the case hear of it. Raises Refused."""
    code, kind, text = form.get("code"), form.get("what"), form.get("text")[:LONGEST]
    wanted = await office.store.read(asked, inspection, code) if kind in way_back.TRACKS else None
    if wanted is None:
        raise Refused("malformed")
    good = {name: one for name, one in form.files.items() if name in INPUTS and is_whole(one.content)}
    wrong = tuple(one.name or name for name, one in form.files.items() if name not in good)
    if wrong and not good and not text:
        raise Refused("way_back_file_wrong", "、".join(wrong))
    await _check(office, inspection, code, kind, text, good)
    brought = await _keep(office, good)
    try:
        new = await office.store.write(lambda: way_back.send(inspection, code, kind, text, brought, wanted))
    except WayBackError as problem:
        raise Refused(problem.code) from problem
    return Taken(new, wrong)


async def _check(office: Office, inspection: str, code: str, kind: str, text: str, files: Mapping[str, Upload]) -> None:
    """Refuse what would not be taken before any byte of it is kept. Raises Refused."""
    if not text and (kind == way_back.DISPUTE or not files):
        raise Refused("way_back_nothing")
    fault = await office.store.read(
        way_back.refused, inspection, code, kind, [len(one.content) for one in files.values()]
    )
    if fault:
        raise Refused(fault)
    await office.photo_files.run(office.photo_files.check_room, sum(len(one.content) for one in files.values()))


async def _keep(office: Office, files: Mapping[str, Upload]) -> list[Brought]:
    kept, _wrong = await scans.keep(office, files, "way-back")
    rows = [(await office.store.read(case_scans.by_digest, one.sha256), files[name]) for name, one in kept.items()]
    return [Brought(str(row.sha256), str(row.type), int(row.bytes), upload.name.replace("\0", "")[:100])
            for row, upload in rows if row is not None]  # fmt: skip
