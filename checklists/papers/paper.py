"""A paper as plain blocks, its words as one text, and a signature on it; how a record carries it and gives it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from checklists import words
from checklists.values import frozen


def _(message: str) -> str:
    return message


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
    """Return the block of a signature entry's value: role, name, card number, strokes, or who saw the refusal."""
    role = say(words.ROLES.get(str(value.get("role")), str(value.get("role"))))
    card = f"{say(_('card no.'))} {value['card']}" if value.get("card") else ""
    who = "  ".join(part for part in (str(value.get("name") or "—"), card) if part)
    text = f"{role}：{who}"
    if value.get("refused"):
        text += f"（{say(_('refused to sign'))}；{say(words.ROLES['witness'])}：{value.get('witness') or '—'}）"
    return Block("signature", text, strokes=points(value.get("strokes", ())))


def points(strokes: Iterable[Iterable[Any]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return strokes as points, whether they are held as [[x, y], …] or flat as [x, y, x, y, …]."""
    found = []
    for stroke in strokes:
        flat = [int(part) for one in stroke for part in (one if isinstance(one, list | tuple) else (one,))]
        found.append(tuple(zip(flat[::2], flat[1::2], strict=False)))
    return tuple(found)
