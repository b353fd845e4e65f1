"""Marking a photo: its picture, the marks so far and the tools. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mobile.inspecting.markup import SHAPES, Mark
from mobile.words import _, n_


def _mark(message: str) -> str:
    return message


_TOOLS = {"arrow": _mark("Arrow"), "circle": _mark("Circle"), "stroke": _mark("Free line")}


@dataclass(frozen=True)
class Tool:
    """A tool to pick."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class AnnotateState:
    """All of it. `changed` says that the marks are not in the record yet."""

    tools: tuple[Tool, ...]
    tool: str
    marks: tuple[Mark, ...]
    changed: bool
    said: str
    may_withdraw: bool = False

    @property
    def may_undo(self) -> bool:
        """Whether there is a mark to take back."""
        return bool(self.marks)


def annotate_state(marks: Sequence[Mark], tool: str, *, changed: bool, may_withdraw: bool = False) -> AnnotateState:
    """Return the state of marking a photo, which may be taken back here where `may_withdraw`."""
    said = n_("{n} mark", "{n} marks", len(marks)) if marks else _("Draw on the copy; the original stays as it is.")
    return AnnotateState(
        tuple(Tool(key, _(_TOOLS[key]), key == tool) for key in SHAPES), tool, tuple(marks), changed, said, may_withdraw
    )
