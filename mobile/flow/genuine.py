"""A scanned paper of ours is checked on the tablet alone: by the office's pinned key and the registry's revocations."""

from __future__ import annotations

from collections.abc import Container, Iterable
from contextlib import suppress
from typing import Any

from checklists.genuine import check
from checklists.registry import Lookup
from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.states.genuine import genuine_state

PREFIX = "LUJIAN"


def paper_code(texts: Iterable[str]) -> str:
    """Return the code of a paper of ours among texts that were scanned, or nothing."""
    return next((one for one in texts if one.startswith(PREFIX)), "")


def enter(desk: Desk, screen: Any, *, text: str = "", **_where: Any) -> None:
    """Show whether the paper with this code is genuine."""

    def show() -> None:
        assert desk.enrolment is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        kit = None
        with suppress(Refusal):
            kit = desk.kit
        revoked: Container[str] = _Revoked(kit.lookup) if kit else ()
        verdict = check(text, desk.enrolment.server_key, revoked)
        screen.show(genuine_state(verdict, desk.enrolment.office, kit.definitions if kit else None))

    desk.refresh = show
    show()


class _Revoked:
    """The devices that the office revoked: registry rows of kind `device` with `revoked_at`."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def __contains__(self, device: object) -> bool:
        row = self.lookup("device", str(device))
        return bool(row and dict(row.get("data") or {}).get("revoked_at"))
