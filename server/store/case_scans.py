"""Files that the office itself took in or made: scans, .docx, PDF. The bytes lie with the photos, by digest."""

from __future__ import annotations

from collections.abc import Iterable

from server import clock
from server.store.models import Photo
from server.store.office_models import OfficeFile
from server.store.rows import tuples


def keep(sha256: str, type_: str, size: int, name: str, who: str) -> None:
    """Keep that a file is here, once; whoever stores the bytes makes them durable first."""
    OfficeFile.insert(
        sha256=sha256, type=type_, bytes=size, name=name.replace("\0", "")[:200], who=who, at=clock.now()
    ).on_conflict_ignore().execute()


def by_digest(sha256: str) -> OfficeFile | None:
    """Return a file, or None."""
    return OfficeFile.get_or_none(OfficeFile.sha256 == sha256)


def unknown(digests: Iterable[str]) -> list[str]:
    """Return the digests of which the office holds neither a file nor a photo: nobody can look at that proof."""
    wanted = list(dict.fromkeys(digests))
    if not wanted:
        return []
    files = {one for (one,) in tuples(OfficeFile.select(OfficeFile.sha256).where(OfficeFile.sha256.in_(wanted)))}
    photos = {one for (one,) in tuples(Photo.select(Photo.sha256).where(Photo.sha256.in_(wanted)))}
    return [one for one in wanted if one not in files | photos]
