"""T14: what the office asks for, what was put down for it so far, and what may be sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.inspection.entries import Entry
from checklists.inspection.tasks import Task
from checklists.zone import LAW_ZONE
from mobile.inspecting.inspection import Draft, Kit
from mobile.screens.tasks.state import due_words, kind_words, said
from mobile.words import _, words

CORRECTION = "correction"
"""What a note is about that corrects something in the record."""


@dataclass(frozen=True)
class Piece:
    """A piece that is asked for, to be chosen before a photo is taken of it."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class ReplyState:
    """The answer as it stands. `told` are tone and words of what was put down; `hint` says what a photo will show."""

    title: str
    asked: str
    plate: str
    due: str
    overdue: bool
    pieces: tuple[Piece, ...]
    hint: str
    told: tuple[tuple[str, str], ...]
    may_send: bool


def reply_state(task: Task, kit: Kit, begun: Sequence[Entry], chosen: int, now: datetime) -> ReplyState:
    """Return how the answer to a task stands."""
    due, overdue = due_words(task, now)
    pieces = tuple(
        Piece(str(number), piece_words(kit, one), number == chosen) for number, one in enumerate(task.pieces)
    )
    return ReplyState(
        title=" · ".join(one for one in (kind_words(task.kind), task.case) if one),
        asked=said(task.text) or said(task.title),
        plate=task.plate,
        due=due,
        overdue=overdue,
        pieces=pieces if len(pieces) > 1 else (),
        hint=_("The photo shows: {piece}").format(piece=pieces[chosen].text) if pieces else "",
        told=tuple(_told(kit, one) for one in begun),
        may_send=bool(begun),
    )


def piece_words(kit: Kit, piece: Mapping[str, object]) -> str:
    """Return a piece as it is asked for: the kind of evidence, and the item that it is about."""
    kind = kit.definitions.evidence.get(str(piece.get("evidence") or ""))
    item = kit.item(str(piece.get("item") or ""))
    texts = [words.pick(one.text) for one in (kind, item) if one is not None]
    return " · ".join(texts) or _("a photo")


def photo_of(task: Task, chosen: int, manifest: Mapping[str, object]) -> tuple[Draft, ...]:
    """Return a photo of the piece that is chosen, named as the evidence that it is; of none where nothing was named."""
    piece = task.pieces[chosen] if chosen < len(task.pieces) else {}
    kind = str(piece.get("evidence") or "")
    item = str(piece.get("item") or "") or None
    return (Draft("photo", item, {**manifest, **({"evidence": kind} if kind else {})}),)


def correction(text: str) -> tuple[Draft, ...]:
    """Return what is to be corrected in the record, in the officer's words."""
    return (Draft("note", CORRECTION, {"text": text}),)


def left_out(task: Task, begun: Iterable[Entry]) -> int:
    """Return the first piece of which there is no photo yet, else the one that is last."""
    held = {(one.item or "", str(one.value.get("evidence") or "")) for one in begun if one.kind == "photo"}
    asked = [(str(one.get("item") or ""), str(one.get("evidence") or "")) for one in task.pieces]
    return next((number for number, one in enumerate(asked) if one not in held), max(0, len(asked) - 1))


def _told(kit: Kit, entry: Entry) -> tuple[str, str]:
    at = datetime.fromisoformat(entry.at).astimezone(LAW_ZONE).strftime("%H:%M")
    if entry.kind == "photo":
        piece = {"item": entry.item or "", "evidence": entry.value.get("evidence")}
        return "good", _("{time} photo: {what}").format(time=at, what=piece_words(kit, piece))
    what = _("statement") if entry.kind == "statement" else _("correction")
    return "good", f"{at} {what}：{entry.value.get('text', '')}"
