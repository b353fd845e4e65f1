"""A paper as plain blocks, its words as one text, and a signature on it; how a record carries it and gives it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from checklists import words
from checklists.values import frozen


def _(message: str) -> str:
    return message


UNPROVEN = _("identity not verified")
"""What stands beside an officer for whose PIN nobody vouches."""


@frozen
class Block:
    """One block: `heading`, `text`, `table` (rows of a name and its value) or `signature` (strokes of points).

    `widths` are the shares of a table's columns; none: a narrow first of two, else all alike.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    widths: tuple[int, ...] = ()


@frozen
class Notice:
    """A paper to print: kind, title, number, the office that issues it, its blocks in order, the form it follows."""

    title: str
    number: str
    office: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    kind: str = "record"
    form: str = ""


def text_of(notice: Notice) -> str:
    """Return the words of a paper, line by line: what its digest in the record is taken of. Strokes are not words."""
    lines = [notice.office, notice.title, notice.number]
    for block in notice.blocks:
        lines += ["：".join(row) for row in block.rows]
        lines += [block.text] if block.text else []
    lines += [f"〔{notice.form}〕"] if notice.form else []
    return "\n".join(lines) + "\n"


def signature(value: Mapping[str, Any], say: words.Say) -> Block:
    """Return the block of a signature entry's value: role, name, card number, strokes, or how it was refused.

    An officer whose PIN nobody but the holder of the tablet vouches for stands there as one whose identity was not
    verified.
    """
    role = say(words.ROLES.get(str(value.get("role")), str(value.get("role"))))
    card = f"{say(_('card no.'))} {value['card']}" if value.get("card") else ""
    who = "  ".join(part for part in (str(value.get("name") or say(_("name not known"))), card) if part)
    said = refusal(value, say) if value.get("refused") else say(UNPROVEN) if unproven(value) else ""
    return Block("signature", f"{role}：{who}{f'（{said}）' if said else ''}", strokes=points(value.get("strokes", ())))


def refusal(value: Mapping[str, Any], say: words.Say) -> str:
    """Return how a signature was refused: the reason that was given, and the witness or the recorder that saw it.

    Who was `absent` refused nothing.
    """
    reason = f"{say(_('Reason'))}：{value['reason']}" if value.get("reason") else ""
    if not value.get("witness") and value.get("recorder"):
        seen = say(_("no witness; recorded in sound and picture, body camera no. {number}")).format(
            number=value["recorder"]
        )
    else:
        seen = f"{say(words.ROLES['witness'])}：{value.get('witness') or '—'}"
    how = say(_("not present") if value.get("absent") else _("refused to sign"))
    return "；".join(part for part in (how, reason, seen) if part)


def unproven(value: Mapping[str, Any]) -> bool:
    """Whether an officer signed by a PIN that was set on a colleague's unlocked tablet, without a code of the office.

    Records of before `identity` say so only of the signature at which the PIN was set.
    """
    if "identity" in value:
        return bool(value["identity"] == "unverified")
    return bool(value.get("pin_set_now")) and not value.get("pin_by_code")


def points(strokes: Iterable[Iterable[Any]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return strokes as points, whether they are held as [[x, y], …] or flat as [x, y, x, y, …]."""
    found = []
    for stroke in strokes:
        flat = [int(part) for one in stroke for part in (one if isinstance(one, list | tuple) else (one,))]
        found.append(tuple(zip(flat[::2], flat[1::2], strict=False)))
    return tuple(found)
