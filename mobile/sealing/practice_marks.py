"""How practice is told from work, wherever it could be mistaken: the address that is none, numbers, titles, papers."""

from __future__ import annotations

from dataclasses import replace

from checklists.papers.paper import Block, Notice

PREFIX = "练习PRACTICE"
"""Of the numbers of practice papers; no office gives such a prefix."""

TITLE = "【练习 PRACTICE】"
WATERMARK = "练习 PRACTICE"
NO_EFFECT = (
    "练习文书：车辆、人员、数据均为虚构，不具有任何效力。PRACTICE ONLY: all of this is made up and has no effect."
)


def marked(notice: Notice) -> Notice:
    """Return a paper of practice with its marks in title and text; its number carries PREFIX already."""
    return replace(notice, title=TITLE + notice.title, blocks=(Block("text", NO_EFFECT), *notice.blocks))


def is_marked(notice: Notice) -> bool:
    """Whether a paper comes from practice."""
    return notice.title.startswith(TITLE)
