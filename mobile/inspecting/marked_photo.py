"""Marks on a copy of a photo: kept as data, drawn by Pillow; the original is not touched.

A marked photo is an entry in place of the one before it: the same original with the same digest, another working copy
and thumbnail, and the marks themselves, so that anybody can draw them again and see that nothing else was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from checklists.inspection.entries import Entry
from mobile.device import image_file
from mobile.inspecting import evidence
from mobile.inspecting.inspection import Draft
from mobile.inspecting.markup import INK, RIM, WHOLE, Mark, Pixel, base_of, lines
from mobile.store import photo_files
from mobile.store.base import Store

if TYPE_CHECKING:
    from PIL import Image, ImageDraw


def annotate(store: Store, entry: Entry, marks: Sequence[Mark]) -> tuple[Draft, ...]:
    """Return the entry that stands in place of the photo's, with the marks on its copies; none is the photo as it was.

    The copies are durable before this returns. Raises Refusal `photo_missing`, `photo_damaged` or `disk_full`.
    """
    value = dict(entry.value)
    unmarked = value.get("unmarked") or value.get("working")
    with image_file.opened(photo_files.read(store, base_of(value))) as picture:
        copy = picture.convert("RGB")
    draw(copy, marks)
    value = {**evidence.with_copies(store, value, copy), "unmarked": unmarked, "marks": [one.plain for one in marks]}
    return (Draft(entry.kind, entry.item, value, withdraws=entry.id),)


def draw(picture: Image.Image, marks: Iterable[Mark]) -> None:
    """Draw the marks on a picture, red with a white rim so that they show on any ground."""
    from PIL import ImageDraw

    pen, width = ImageDraw.Draw(picture), max(4, picture.width // 200)
    for mark in marks:
        points = [(x * picture.width / WHOLE, y * picture.height / WHOLE) for x, y in mark.points]
        for ink, wide in ((RIM, width * 2), (INK, width)):
            _shape(pen, lines(mark.shape, points, width * 7), ink, wide)


def _shape(pen: ImageDraw.ImageDraw, drawn: Iterable[list[Pixel]], ink: str, width: int) -> None:
    for line in drawn:
        pen.line(line, fill=ink, width=width, joint="curve")
        for x, y in (line[0], line[-1]):
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)
