"""The system is told while something goes to the office: Android stops an app that is not in front, or sleeps.

What is told holds nothing of a record. On other systems there is nobody to tell.
"""

from __future__ import annotations

from collections.abc import Callable


class Carrying:
    """Whether the system knows that the app is at work; `tell` says so to it and returns whether it was heard."""

    def __init__(self, tell: Callable[[bool], bool]) -> None:
        self._tell, self._known = tell, False

    def __call__(self, wanted: bool) -> None:
        """Tell it where that is news; one that will not hear it, with the app not in front, is told again later."""
        if wanted != self._known:
            heard = self._tell(wanted)
            self._known = wanted and heard
