"""Scans that a form brings: looked at by their first bytes, made durable, known by their digest, and given again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from falcon.asgi import Response

from checklists.wire import digest
from server.console.files import ALONE
from server.console.posted import Upload
from server.office import Office
from server.store import case_scans
from server.store.office_models import OfficeFile
from server.store.photo_files import is_image

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


@dataclass(frozen=True)
class Scan:
    """A file that the office keeps: its digest and the name under which it was sent."""

    sha256: str
    name: str


def type_of(content: bytes) -> str:
    """Return the type of a file by what it begins with, empty where it is none that is taken here."""
    if content.startswith(b"%PDF-"):
        return PDF
    return next((one for one in (JPEG, PNG) if is_image(content[:64], one)), "")


async def keep(office: Office, files: Mapping[str, Upload], who: str) -> tuple[dict[str, Scan], list[str]]:
    """Make the files of a form durable and return them by input, and the inputs whose file is of no type taken here.

    Raises Refused storage_full, photos_away.
    """
    kept, wrong = {}, []
    for name, upload in files.items():
        type_ = type_of(upload.content)
        if not type_:
            wrong.append(name)
            continue
        sha256 = digest(upload.content)
        await office.photo_files.run(office.photo_files.put, sha256, upload.content)
        await office.store.write(
            lambda sha256=sha256, type_=type_, upload=upload: case_scans.keep(  # type: ignore[misc]
                sha256, type_, len(upload.content), upload.name, who
            )
        )
        kept[name] = Scan(sha256, upload.name)
    return kept, wrong


async def give(office: Office, resp: Response, file: OfficeFile) -> None:
    """Answer with a file that the office keeps, to be looked at and to be left in no cache.

    Raises Refused photo_damaged, photos_away.
    """
    sha256, type_ = str(file.sha256), str(file.type)
    resp.data = await office.photo_files.run(office.photo_files.read, sha256)
    resp.content_type = type_
    resp.set_header("Content-Security-Policy", ALONE if type_.startswith("image/") else "default-src 'none'")
    resp.set_header("Content-Disposition", f'inline; filename="{sha256[:12]}"')
    resp.set_header("Cache-Control", "private, no-store")
