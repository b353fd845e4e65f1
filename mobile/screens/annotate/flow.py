"""Marking a photo: marks are kept as they are drawn and stand in the record when the officer says so."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.inspecting import marked_photo, markup, withdrawal
from mobile.inspecting.markup import Mark
from mobile.refusals import Refusal
from mobile.screens.annotate.state import annotate_state
from mobile.store import photo_files
from mobile.store import store as stores


def enter(desk: Desk, screen: Any, entry: str = "", **where: Any) -> None:
    """Show a photo to draw on; without it, or where its file is gone, go back to where it was opened."""
    back = dict(where.get("back_where") or {})
    photos = (*desk.held.all_of("photo"), *desk.held.all_of("control_photo"))
    found = next((one for one in photos if one.id == entry), None)
    try:
        content = photo_files.read(desk.open_store, markup.base_of(found.value)) if found else b""
    except Refusal as refusal:
        content = b""
        desk.tell(refusal)
    if found is None or not content:
        _leave(desk, back)
    else:
        _Annotate(desk, screen, found, content, back)


def _leave(desk: Desk, back: dict[str, Any]) -> None:
    if back:
        desk.go("deviation", **back)
    else:
        desk.go("walk")


class _Annotate:
    """The photo in hand and its marks; each is on the disk before the next touch."""

    def __init__(self, desk: Desk, screen: Any, entry: Any, content: bytes, back: dict[str, Any]) -> None:
        self.desk, self.screen, self.entry, self.back = desk, screen, entry, back
        self.tool = "arrow"
        self.first = markup.marks_of(entry.value)
        kept = stores.setting(desk.open_store, self._name)
        self.marks = list(self.first if kept is None else markup.marks_of({"marks": kept}))
        screen.picture(content)
        screen.bind(
            on_tool=lambda _screen, tool: self.choose(tool),
            on_drawn=lambda _screen, shape, points: self.draw(shape, points),
            on_undo=lambda _screen: self.change(self.marks[:-1]),
            on_clear=lambda _screen: self.change([]),
            on_done=lambda _screen: self.done(),
            on_leave=lambda _screen: self.leave(),
            on_withdraw=lambda _screen: self.withdraw(),
        )
        desk.refresh = self.show
        self.show()

    @property
    def _name(self) -> str:
        return f"marks:{self.entry.id}"

    def show(self) -> None:
        """Show the photo with its marks."""
        mine = withdrawal.may_withdraw(self.desk.held, self.entry)
        changed = tuple(self.marks) != self.first
        self.screen.show(annotate_state(self.marks, self.tool, changed=changed, may_withdraw=mine))

    def choose(self, tool: str) -> None:
        """Take another tool."""
        self.tool = tool
        self.show()

    def draw(self, shape: str, points: list[tuple[int, int]]) -> None:
        """Take a mark as it was drawn."""
        self.change([*self.marks, Mark(shape, tuple(points))])

    def change(self, marks: list[Mark]) -> None:
        """Keep the marks, so that nothing of them is lost before they stand in the record."""
        self.marks = marks
        stores.keep_setting(self.desk.open_store, self._name, [one.plain for one in marks])
        self.show()

    def done(self) -> None:
        """Put the marked photo down in place of the one before, and go back."""
        if tuple(self.marks) != self.first:
            drafts = marked_photo.annotate(self.desk.open_store, self.entry, self.marks)
            self.desk.put(drafts, leaving=True)
        self.leave()

    def withdraw(self) -> None:
        """Go on to take the photo back; marks that were not put down are dropped."""
        stores.drop_setting(self.desk.open_store, self._name)
        self.screen.release()
        self.desk.go("withdraw", entry=self.entry.id, back_where=self.back)

    def leave(self) -> None:
        """Go back; what was not put down is dropped."""
        stores.drop_setting(self.desk.open_store, self._name)
        self.screen.release()
        _leave(self.desk, self.back)
