"""The whole file of one case as a ZIP, and its proof without the office: every byte, seal, receipt and link of a chain.

`manifest.json` names every file by digest and length and is signed by the office. `records/` holds the bytes that
tablets sealed, each with its seal and receipt; `photos/` and `files/` what is named by its digest; `case.json` rows.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, BinaryIO

from checklists.crypto import SigningKey, sign_mapping, verify_mapping
from checklists.records.chain import audit_hash, history_broken_at
from checklists.records.origin import certified
from checklists.records.record import broken, receipt_holds
from checklists.values import frozen
from checklists.wire import WireError

FORMAT = 1
KIND = "lujian-case"
MANIFEST, CASE, HISTORY, AUDIT = "manifest.json", "case.json", "history.json", "audit.json"
RECORDS, PHOTOS, FILES = "records/", "photos/", "files/"
SEAL = ".seal.json"
_MOST_MEMBERS = 100_000
_MOST_JSON = 256 * 1024 * 1024
_BLOCK = 1024 * 1024

PARTS = ("manifest", "files", "records", "photos", "documents", "history", "audit")
"""What is proven, in this order."""

TROUBLES = (
    *("unreadable", "newer_format", "other_office", "signature"),
    *("missing", "changed", "unlisted", "twice"),
    *("seal", "certificate", "receipt", "chain", "absent"),
)
"""Why something is not proven. `absent`: named by what is here, and the office itself did not have it."""


@frozen
class Trouble:
    """Something that is not proven: one of TROUBLES, and where."""

    part: str
    code: str
    what: str = ""


@frozen
class Report:
    """What a file proves: of which case, when it was made and by whom, how much of each part holds, and what does not.

    Photos and documents that the office did not have are `absent`: told, and no fault of the file.
    """

    number: str = ""
    case: str = ""
    made_at: str = ""
    made_by: str = ""
    office: str = ""
    proven: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything that is in the file is proven."""
        return bool(self.proven.get("manifest")) and not any(one.code != "absent" for one in self.troubles)


@frozen
class Listed:
    """A file of the archive, as the manifest names it."""

    name: str
    bytes: int
    sha256: str


def manifest(key: SigningKey, told: Mapping[str, Any], files: Iterable[Listed]) -> dict[str, Any]:
    """Return the manifest, signed by the office; `told` are number, case, made_at, made_by and office."""
    listed = [{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in files]
    body = {"format": FORMAT, "kind": KIND, **told, "files": listed, "server_key": key.public}
    return sign_mapping(key, body)


def verify(file: BinaryIO, office_key: str) -> Report:
    """Return what the file proves to somebody who knows the office's key. Nothing in it is run or unpacked to disk."""
    try:
        with zipfile.ZipFile(file) as packed:
            if {one.compress_type for one in packed.infolist()} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise zipfile.BadZipFile("compressed in a way that no office writes")
            return _Proof(packed, office_key).report()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, RecursionError) as problem:
        return Report(troubles=(Trouble("manifest", "unreadable", str(problem)[:200]),))


class _Proof:
    """The proof of one archive, gathered part by part."""

    def __init__(self, packed: zipfile.ZipFile, office_key: str) -> None:
        self._packed, self._key = packed, office_key
        self._troubles: list[Trouble] = []
        self._proven: dict[str, int] = dict.fromkeys(PARTS, 0)
        self._listed: dict[str, Mapping[str, Any]] = {}
        self._photos: set[str] = set()

    def report(self) -> Report:
        told = self._manifest()
        if told is None:
            return Report(troubles=tuple(self._troubles))
        self._files()
        case = self._json("documents", CASE, dict)
        self._records()
        self._named(case)
        self._history(case)
        self._audit()
        names = ("number", "case", "made_at", "made_by", "office")
        stated = {name: str(told.get(name) or "") for name in names}
        return Report(**stated, proven=self._proven, troubles=tuple(self._troubles))

    def _trouble(self, part: str, code: str, what: str = "") -> None:
        self._troubles.append(Trouble(part, code, what))

    def _manifest(self) -> Mapping[str, Any] | None:
        told: dict[str, Any] = self._json("manifest", MANIFEST, dict)
        if self._troubles:
            return None
        if told.get("kind") != KIND or not isinstance(told.get("format"), int) or told["format"] > FORMAT:
            self._trouble("manifest", "newer_format", str(told.get("format")))
            return None
        if told.get("server_key") != self._key:
            self._trouble("manifest", "other_office", str(told.get("server_key")))
        elif not verify_mapping(self._key, told):
            self._trouble("manifest", "signature")
        else:
            self._proven["manifest"] = 1
        listed = told.get("files")
        rows = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
        self._listed = {str(one.get("name")): one for one in rows}
        return told

    def _files(self) -> None:
        """Every file has the bytes that the manifest says, none is missing, none is there beside."""
        infos = self._packed.infolist()[:_MOST_MEMBERS]
        names = [one.filename for one in infos]
        for name in sorted({one for one in names if names.count(one) > 1} if len(set(names)) < len(names) else ()):
            self._trouble("files", "twice", name)
        for name in sorted({*names} - {*self._listed, MANIFEST}):
            self._trouble("files", "unlisted", name)
        for name, told in self._listed.items():
            if name not in names:
                self._trouble("files", "missing", name)
            elif (self._size(name), self._digest(name)) != (told.get("bytes"), told.get("sha256")):
                self._trouble("files", "changed", name)
            else:
                self._proven["files"] += 1

    def _records(self) -> None:
        """Every record bears the seal of a device of this office and the office's receipt."""
        for name in self._under(RECORDS):
            if name.endswith(SEAL):
                continue
            body, seal = self._bytes(name), self._json("records", name.removesuffix(".json") + SEAL, dict)
            code = self._record(body, seal)
            if code:
                self._trouble("records", code, name)
            else:
                self._proven["records"] += 1

    def _record(self, body: bytes, seal: Mapping[str, Any]) -> str:
        part = _mapping(body)
        paper = part.get("certificate")
        if (
            not isinstance(paper, Mapping)
            or paper.get("device") != part.get("device")
            or not certified(paper, self._key)
        ):
            return "certificate"
        if broken(body, str(seal.get("digest")), str(seal.get("signature")), str(paper.get("key"))) is not None:
            return "seal"
        self._photos |= set(_photos_of(part))
        given = seal.get("receipt")
        holds = receipt_holds(given, digest_=str(seal.get("digest")), server_key=self._key)
        return "" if holds else "receipt"

    def _named(self, case: Mapping[str, Any]) -> None:
        """Photos and documents are those that records and rows name; the name of each file is its digest."""
        for part, folder, wanted in (("photos", PHOTOS, self._photos), ("documents", FILES, _documents_of(case))):
            here = {name: _stem(name) for name in self._under(folder)}
            for name, sha256 in here.items():
                if self._digest(name) == sha256:
                    self._proven[part] += 1
                else:
                    self._trouble(part, "changed", name)
            for sha256 in sorted(wanted - set(here.values())):
                self._trouble(part, "absent", sha256)

    def _history(self, case: Mapping[str, Any]) -> None:
        rows = self._json("history", HISTORY, list)
        row = case.get("case")
        held: Mapping[str, Any] = row if isinstance(row, Mapping) else {}
        try:
            at = history_broken_at(str(held.get("id")), rows)
        except (KeyError, TypeError, AttributeError, WireError):
            at = 0
        if at is None and held.get("version") != len(rows):
            at = len(rows) + 1
        if at is not None:
            self._trouble("history", "chain", str(at))
        self._proven["history"] = len(rows) if at is None else max(0, at - 1)

    def _audit(self) -> None:
        """Rows of the log are an extract: each one holds by itself, and names the one before."""
        for place, row in enumerate(self._json("audit", AUDIT, list), 1):
            try:
                holds = audit_hash(str(row["prev_hash"]), row) == row["hash"]
            except (KeyError, TypeError, AttributeError, WireError):
                holds = False
            if holds:
                self._proven["audit"] += 1
            else:
                self._trouble("audit", "chain", str(place))

    def _under(self, folder: str) -> list[str]:
        return [name for name in self._listed if name.startswith(folder) and self._has(name)]

    def _has(self, name: str) -> bool:
        return name in self._packed.NameToInfo

    def _size(self, name: str) -> int:
        return self._packed.getinfo(name).file_size

    def _digest(self, name: str) -> str:
        made = hashlib.sha256()
        with self._packed.open(name) as file:
            while chunk := file.read(_BLOCK):
                made.update(chunk)
        return made.hexdigest()

    def _bytes(self, name: str) -> bytes:
        if not self._has(name) or self._size(name) > _MOST_JSON:
            return b""
        return self._packed.read(name)

    def _json(self, part: str, name: str, kind: type) -> Any:
        """Return what a file of JSON holds, empty where it is missing or is something else, which is told."""
        try:
            held = json.loads(self._bytes(name))
        except (ValueError, RecursionError):
            held = None
        if not isinstance(held, kind):
            self._trouble(part, "unreadable", name)
            return kind()
        return held


def _mapping(body: bytes) -> Mapping[str, Any]:
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, Mapping) else {}


def _photos_of(part: Mapping[str, Any]) -> Iterator[str]:
    """Yield the digests of the photo files that a record names."""
    for photo in part.get("photos") or ():
        for role in ("original", "working", "thumbnail"):
            named = photo.get(role) if isinstance(photo, Mapping) else None
            if isinstance(named, Mapping) and isinstance(named.get("sha256"), str):
                yield named["sha256"]


def _documents_of(case: Mapping[str, Any]) -> set[str]:
    """Return the digests of the files that the case's rows name: documents, proofs, pieces of evidence."""
    named = case.get("files")
    return {str(one) for one in named} if isinstance(named, list) else set()


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]
