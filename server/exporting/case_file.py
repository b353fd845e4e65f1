"""The whole file of one case as a ZIP: sealed parts, photos, documents, rows, history and log, signed by the office."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from checklists import words
from checklists.records.case_archive import (
    AUDIT,
    CASE,
    FILES,
    HISTORY,
    MANIFEST,
    PHOTOS,
    RECORDS,
    SEAL,
    Listed,
    manifest,
)
from checklists.wire import canonical
from server import clock
from server.accounts import Scope
from server.office import Office
from server.refusals import Refused
from server.rights import may
from server.store import audit, case_archive
from server.store.case_archive import Held
from server.store.photo_files import PhotoFiles

ROLES = may("export_file")
"""Who may take the whole file of a case that he sees."""
_TRIES = 5
_BLOCK = 1024 * 1024
_LARGE = 1 << 30
README = "README.txt"


def _(text: str) -> str:
    return text


EXPLAINED = (
    _("This is the whole file of one case as the office holds it."),
    _("records/: what the tablets sealed, byte for byte, with the seal and the office's receipt of each."),
    _("photos/: the photos that the records name; files/: documents and scans. The name of each is its SHA-256."),
    _("case.json: the rows of the case; history.json: what happened to it; audit.json: who saw and changed it."),
    _("manifest.json names every file by its digest and is signed by the office."),
    _("It is proven on any computer, without the office and without a network; ask the office for its key elsewhere:"),
)
_COMMAND = "python -m checklists verify-case FILE --office-key KEY"


class NoCase(LookupError):  # noqa: N818 - there is nothing to take out
    """There is no such case, or none that may be seen."""


@dataclass(frozen=True)
class Made:
    """What was written: how many files, and the number of the case."""

    files: int
    number: str


def export(
    office: Office,
    case: str,
    path: Path,
    login: str,
    scope: Scope,
    heard: Callable[[int, int], None] = lambda _done, _total: None,
    purpose: str = "",
) -> Made:
    """Write the file of a case and return what is in it. Raises NoCase, Refused photos_away."""
    held = _gather(office, scope, case)
    number = str(held.case["number"])
    office.store.write_now(
        lambda: audit.note(who=login, action="case.export", subject=f"case:{held.case['id']}", purpose=purpose)
    )
    total = len(held.records) + len(held.photos) + len(held.files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        made = _Archive(packed, lambda done: heard(done, total))
        _records(office, made, held)
        absent = [*_copy(office, made, PHOTOS, held.photos), *_copy(office, made, FILES, held.files)]
        made.json(CASE, {**_rows(held), "absent": absent})
        made.json(HISTORY, held.history)
        made.json(AUDIT, held.audit)
        made.bytes(README, _readme(number, office.key.public).encode())
        told = {"number": number, "case": held.case["id"], "made_at": clock.now(), "made_by": login}
        signed = manifest(office.key, {**told, "office": office.config.office}, made.listed)
        packed.writestr(MANIFEST, canonical(signed))
    return Made(len(made.listed) + 1, number)


class _Archive:
    """A ZIP in the making, which remembers what went into it."""

    def __init__(self, packed: zipfile.ZipFile, heard: Callable[[int], None]) -> None:
        self._packed, self._heard = packed, heard
        self.listed: list[Listed] = []

    def bytes(self, name: str, content: bytes) -> None:
        self._packed.writestr(name, content)
        self._list(name, len(content), hashlib.sha256(content).hexdigest())

    def json(self, name: str, value: Any) -> None:
        self.bytes(name, canonical(value))

    def copy(self, name: str, files: PhotoFiles, sha256: str) -> bool:
        """Copy a file as it is; False where its bytes are not here, or not those of its name.

        Raises Refused photos_away: what cannot be read now is not missing.
        """
        try:
            with files.opened(sha256) as file:
                self._copy(name, file, sha256)
        except Refused as refused:
            if refused.code != "photo_damaged":
                raise
            return False
        return True

    def _copy(self, name: str, file: BinaryIO, sha256: str) -> None:
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # photos are packed already
        info.file_size = size = file.seek(0, os.SEEK_END)
        file.seek(0)
        with self._packed.open(info, "w", force_zip64=size > _LARGE) as out:
            shutil.copyfileobj(file, out, _BLOCK)
        self._list(name, size, sha256)

    def _list(self, name: str, size: int, sha256: str) -> None:
        self.listed.append(Listed(name, size, sha256))
        self._heard(len(self.listed))


def _gather(office: Office, scope: Scope, case: str) -> Held:
    """Return the rows of a case as they stood at one time: again where something happened to it meanwhile."""
    held, tries = _look(office, scope, case), 1
    while tries < _TRIES and held.case["version"] != len(held.history):
        held, tries = _look(office, scope, case), tries + 1
    return held


def _look(office: Office, scope: Scope, case: str) -> Held:
    held = office.store.read_now(case_archive.gather, scope, case)
    if held is None:
        raise NoCase(case)
    return held


def _records(office: Office, made: _Archive, held: Held) -> None:
    for row in held.records:
        body, signature, receipt = office.store.read_now(case_archive.sealed, str(row["digest"]))
        name = f"{RECORDS}{row['digest']}"
        made.bytes(f"{name}.json", body)
        seal = {"digest": row["digest"], "signature": signature, "receipt": json.loads(receipt)}
        made.json(f"{name}{SEAL}", {**seal, "received_at": row["received_at"], "state": row["state"]})


def _copy(office: Office, made: _Archive, folder: str, rows: list[dict[str, Any]]) -> list[str]:
    """Copy the files of rows and return the digests of those whose bytes are not here."""
    absent = []
    for row in rows:
        sha256 = str(row["sha256"])
        ending = mimetypes.guess_extension(str(row["type"])) or ""
        if not made.copy(f"{folder}{sha256}{ending}", office.photo_files, sha256):
            absent.append(sha256)
    return absent


def _rows(held: Held) -> dict[str, Any]:
    """Return the rows as the archive holds them; `files` are the digests that documents and proofs name."""
    named = sorted({*held.wanted, *(str(one["sha256"]) for one in held.files)})
    beside = {"records": held.records, "photos": held.photos, "office_files": held.files}
    told: dict[str, Any] = _plain({"case": held.case, "tables": {**held.tables, **beside}, "files": named})
    return told


def _plain(value: Any) -> Any:
    """Return rows as JSON has them: broken numbers as text."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, float) else value


def _readme(number: str, key: str) -> str:
    """Return what stands beside the files, in both languages."""
    lines = [number, ""]
    for lang in words.LANGUAGES:
        say = words.catalogue(lang, "server").gettext
        lines += [*(say(one) for one in EXPLAINED), f"    {_COMMAND}", f"    KEY: {key}", ""]
    return "\r\n".join(lines)
