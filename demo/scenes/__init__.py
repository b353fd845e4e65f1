"""States of the tablet that the story does not pass: each module here has `scenes(stage)`, found by its name.

`scenes` is called with a stage whose office is up and whose tablet has enrolled, on its queue, with the story's county;
it brings the tablet to each state by touches and calls `stage.shot(name)`. It leaves the tablet on its queue.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from demo.stage import Stage


def names() -> list[str]:
    """Return the scenes by name."""
    return sorted(one.name for one in iter_modules(__path__))


def play(stage: Stage, name: str) -> None:
    """Play the scenes of one module."""
    import_module(f"{__name__}.{name}").scenes(stage)
