"""A photo from the camera's folder, kept as evidence before anything else happens to it.

One rule says which picture may become one (`Shutter.fresh`): its file came into the folder after this check was opened,
its own times say so too, and no record of this tablet has it yet. So no picture of another vehicle becomes evidence.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checklists.inspection.capture import DISAGREE, Taken
from checklists.wire import digest, instant, to_plain
from checklists.zone import LAW_ZONE, clock_text
from mobile.device import camera, image_file, on_android, private
from mobile.device.camera import Seen
from mobile.device.location import NOWHERE, Where, as_value
from mobile.inspecting import control_photos, evidence, stamp
from mobile.inspecting.inspection import Draft, Held
from mobile.refusals import Refusal
from mobile.store import clear_copies, photo_files
from mobile.store.base import Store, keep_setting, setting

WAYBILL_ITEM = "LOD-02"
"""The item of the checklist that a picture of the waybill belongs to: is it genuine and current?"""
COARSE_CLOCK = timedelta(seconds=2)
"""What file systems (FAT) and cameras leave off a time; the folder as it was when the check was opened knows better."""

_FOR = "pictures_for"
"""The setting that keeps what pictures are taken for now: a check, or an answer to the office."""

NONE_NEW = ("no_new_picture", "camera_folder_missing")
"""Refusals that only say that no picture has come yet."""


@dataclass(frozen=True)
class Shutter:
    """Where pictures arrive (`folder`), and the inspection for which one is kept `at` this time, and `where`.

    `of` names what pictures are taken for where that is not the check itself: an answer to the office.
    """

    store: Store
    folder: Path
    held: Held
    at: datetime
    where: Where = NOWHERE
    of: str = ""

    def opened(self) -> None:
        """Note what lies in the folder now: none of it is a picture of what is taken from now on.

        So it is where this is gone on with after something else was photographed; what came between is of that. Where
        the clock was set back to before it was opened, pictures are from now on told by the clock as it is.
        """
        if self.at < self._since - COARSE_CLOCK:
            self._turn_back()
        if setting(self.store, _FOR) != self._name:
            self._note(self._before)
            keep_setting(self.store, _FOR, self._name)

    def fresh(self) -> dict[str, Any]:
        """Keep the newest picture that was taken for this and is in no record yet; return its manifest.

        Raises Refusal `no_new_picture`, `picture_of_before` where the camera says another time than its file,
        `camera_opened` where the device takes one, and those of `keep`.
        """
        if on_android.here():
            private.make_folder(self.folder)
        pictures = self.arrived()
        if pictures and not self._in_record(digest(camera.picked(pictures[-1]))):
            return self.keep(pictures[-1])
        raise Refusal("camera_opened" if camera.opened(self.folder) else "no_new_picture", str(self.folder))

    def newest(self, item: str) -> dict[str, Any]:
        """Keep a fresh picture for an item; for the waybill's also the one whose code was read last in this check.

        Raises Refusal as `fresh` does.
        """
        try:
            return self.fresh()
        except Refusal as refusal:
            scanned = self._scanned() if item == WAYBILL_ITEM and refusal.code in NONE_NEW else None
            if scanned is None:
                raise
            return self._captured(photo_files.read(self.store, scanned.sha256), scanned.written_ns)

    def control(self, section: str) -> tuple[Draft, ...]:
        """Return the control photo that is asked in a section, if one is. Raises Refusal `no_new_picture`."""
        asked = control_photos.pending(self.held, section)[:1]
        return tuple(draft for one in asked for draft in control_photos.photographed(one.item, section, self.fresh()))

    def keep(self, path: Path) -> dict[str, Any]:
        """Keep this picture with its stamp and return its manifest; its file goes once an entry names it.

        Raises Refusal `no_new_picture` or `picture_of_before` where it is not of this check, `file_unreadable` and
        those of `evidence.capture`.
        """
        content, told = camera.picked(path), _told(path)
        if not self._is_of(told) or self._in_record(digest(content)):
            raise Refusal("no_new_picture", path.name)
        kept = self._captured(content, told[1])
        clear_copies.took(self.store, path, kept["sha256"], self.held.inspection)
        self._note(self._before, but=told)
        return kept

    def arrived(self, since: datetime | None = None) -> tuple[Path, ...]:
        """Return the pictures of this check that were not passed by yet, the newest last; none written before `since`.

        Raises Refusal `camera_folder_missing`.
        """
        opened = self._since - COARSE_CLOCK
        return camera.arrived(self.folder, max(opened, since) if since else opened, self._before)

    # -- what is of this check

    @property
    def _name(self) -> str:
        return f"pictures_before:{self.of or self.held.inspection}"

    @property
    def _since(self) -> datetime:
        noted = setting(self.store, self._name) or {}
        opened = datetime.fromisoformat(self.held.opened_at)
        at = datetime.fromisoformat(str(noted.get("at") or self.held.opened_at))
        # A record that is looked at again after its seal is opened anew then; what was noted is of its first opening.
        return at if self.of or noted.get("turned") == self.held.opened_at else max(at, opened)

    @property
    def _before(self) -> frozenset[Seen]:
        """The pictures that lay there when the check was opened, or were passed by since."""
        noted = setting(self.store, self._name) or {}
        return frozenset((str(name), int(written), int(size)) for name, written, size in noted.get("files", ()))

    def _note(self, known: frozenset[Seen], but: Seen | None = None) -> None:
        """Note what lies there now beside what is known; what is older than the check is told by its time alone.

        `but` is the picture that was taken: until an entry names it, it can be taken again.
        """
        noted = setting(self.store, self._name) or {"at": self.held.opened_at if not self.of else instant(self.at)}
        since = datetime.fromisoformat(noted["at"])
        there = set(known)
        with suppress(Refusal):
            for one in camera.arrived(self.folder, since - COARSE_CLOCK):
                with suppress(OSError):
                    there.add(camera.seen(one))
        files = sorted(one for one in there - {but} if _is_after(one, since))
        keep_setting(self.store, self._name, {**noted, "files": files})

    def _turn_back(self) -> None:
        """Note what lies there but pictures of this check as older than the clock as it is now."""
        there: set[Seen] = set()
        with suppress(Refusal, OSError):
            mine = {camera.seen(one) for one in self.arrived()}
            there = {camera.seen(one) for one in camera.arrived(self.folder, self.at - COARSE_CLOCK)} - mine
        files = sorted(one for one in there | self._before if _is_after(one, self.at))
        keep_setting(self.store, self._name, {"at": instant(self.at), "turned": self.held.opened_at, "files": files})

    def _is_of(self, told: Seen) -> bool:
        return told not in self._before and _is_after(told, self._since)

    def _in_record(self, sha256: str) -> bool:
        """Whether any record of this tablet has a picture, also one that was withdrawn, or that a colleague took."""
        mine = (one.value.get("sha256") for one in self.held.entries if one.kind in ("photo", "control_photo"))
        return sha256 in mine or clear_copies.in_record(self.store, sha256)

    def _scanned(self) -> clear_copies.Last | None:
        """Return the picture that was taken in last for its code, where it is one of this check that no record has."""
        last = clear_copies.last(self.store)
        if last is None or last.inspection != self.held.inspection or self.of:
            return None
        # Its file is gone: of what lay there when the check was opened it is told by its time.
        old = last.written_ns in {written for _name, written, _size in self._before}
        after = _is_after(("", last.written_ns, 0), self._since)
        return last if after and not old and not self._in_record(last.sha256) else None

    def _captured(self, content: bytes, written_ns: int) -> dict[str, Any]:
        taken = self._taken(content, written_ns)
        officer, plate = self.held.officer.name, str(self.held.fact("vehicle.plate") or "")
        said = {"taken": to_plain(taken), **as_value(self.where), "stamp": {"officer": officer, "plate": plate}}
        return {**evidence.capture(self.store, content, stamp.of(said)), **said}

    def _taken(self, content: bytes, written_ns: int) -> Taken:
        """Return when it was taken. Raises Refusal `picture_of_before` where that was before, by the camera's clock.

        A clock that is ahead of the tablet's says nothing of before; the other one holds then, or the tablet's own.
        """
        written, latest = camera.written(("", written_ns, 0)), self.at + DISAGREE
        said = image_file.taken_at(content, LAW_ZONE)
        if said is None or said > latest:
            ahead = written if said is None else said
            if written > latest:
                return Taken(instant(self.at), "tablet", instant(ahead))
            return Taken(instant(written), "file", instant(said) if said else None)
        if said < self._since - COARSE_CLOCK:
            local = clock_text(said)
            raise Refusal("picture_of_before", local, time=local)
        other = instant(written) if abs(written - said) > DISAGREE else None
        return Taken(instant(said), "camera", other)


def _told(path: Path) -> Seen:
    try:
        return camera.seen(path)
    except OSError as problem:
        raise Refusal("file_unreadable", str(path)) from problem


def _is_after(told: Seen, since: datetime) -> bool:
    return camera.written(told) >= since - COARSE_CLOCK
