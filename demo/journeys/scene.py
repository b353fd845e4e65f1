"""What all journeys share: the office, the tablet on the road with what it checked, and one browser window."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.colleague import Colleague
from demo.journeys.clerk import Clerk
from demo.journeys.road import Stops


@dataclass
class Scene:
    """The stage of the journeys; `pictures` is where each leaves one, `narrow` what did not fit a small window."""

    url: str
    page: Any
    tablet: Colleague
    stops: Stops
    pictures: Path
    files: Path
    narrow: set[str] = field(default_factory=set)
    _last: Clerk | None = None

    def clerk(self, login: str) -> Clerk:
        """Return somebody who has just signed in."""
        self._last = Clerk(self.page, self.url, self.files, self.narrow)
        self._last.sign_in(login)
        return self._last

    def picture(self, name: str) -> None:
        """Take the picture of what is in front."""
        self.page.screenshot(path=str(self.pictures / f"{name}.png"), full_page=True)
