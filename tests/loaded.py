"""What many tests ask: the definitions and the law as they lie here, read once in a process. Nobody changes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from checklists.authoring import loader
from checklists.definitions.definition import Definitions


@cache
def load_all() -> Definitions:
    return loader.load_all()


@cache
def load_law() -> Definitions:
    return loader.load_law()


def once(load: Callable[[Path, tuple[str, ...]], Definitions]) -> Callable[[Path, tuple[str, ...]], Definitions]:
    """That reader, so that it reads what lies here once; copies in other folders are read as always."""
    held = cache(load)
    return lambda root, folders: (held if root == loader.ROOT else load)(root, folders)
