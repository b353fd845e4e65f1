"""Regular expressions that are compiled when they are first asked, not when their module is imported.

Compiling all of them took a third of the time in which a tablet imports the kernel, and most inspections need a few.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Takes the methods of the compiled expression over, each when it is first asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(self._text, self._flags), name)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression with the methods of a compiled one. Raises re.error at its first use."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
