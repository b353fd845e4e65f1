"""The words of a paper as the sealed record carries them, so that the office can set again what the driver took along.

The strokes of a signature stand in its own entry and are not carried twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from checklists import words
from checklists.papers.paper import Block, Notice, signature, text_of
from checklists.wire import WireError, digest, from_plain, to_plain


def carried(notice: Notice) -> dict[str, Any]:
    """Return a paper as plain values without strokes."""
    bare = tuple(replace(one, strokes=()) for one in notice.blocks)
    plain: dict[str, Any] = to_plain(replace(notice, blocks=bare))
    return plain


def set_again(named: Mapping[str, Any], signatures: Iterable[Mapping[str, Any]], say: words.Say) -> Notice | None:
    """Return the paper that a record names, with its signatures as they were drawn.

    None where the record does not carry its words, or carries others than those whose digest it names.
    `signatures` are the values of the signature entries.
    """
    try:
        notice = from_plain(Notice, named.get("notice"))
    except (WireError, TypeError):
        return None
    if digest(text_of(notice).encode()) != named.get("digest"):
        return None
    drawn = {one.text: one for one in (signature(value, say) for value in signatures)}
    return replace(notice, blocks=tuple(_drawn(one, drawn) for one in notice.blocks))


def _drawn(block: Block, drawn: Mapping[str, Block]) -> Block:
    return drawn.get(block.text, block) if block.kind == "signature" else block
