"""What many tests ask: the definitions and the law as they lie here, read once in a process. Nobody changes them."""

from __future__ import annotations

from functools import cache

from checklists.authoring import loader
from checklists.definitions.definition import Definitions


@cache
def load_all() -> Definitions:
    return loader.load_all()


@cache
def load_law() -> Definitions:
    return loader.load_law()
