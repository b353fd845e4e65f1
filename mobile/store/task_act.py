"""What an officer did about a task. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One duty of a task that was done. `sent_at` is empty until the office has it; `problem` is why it will not."""

    id: str
    task: str
    officer: str
    did: str
    at: str
    note: str = ""
    sent_at: str = ""
    problem: str = ""

    @property
    def wire(self) -> dict[str, str]:
        """What the office is told."""
        return {"id": self.id, "officer": self.officer, "did": self.did, "at": self.at, "note": self.note}
