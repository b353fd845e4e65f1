"""What is worked out of tables is worked out once, and goes when they go."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from typing import Any

from checklists.facts.situation import situation
from checklists.goods.kept import Keeper, kept
from checklists.goods.listing import load_tables
from checklists.law.workdays import calendar_of
from checklists.rules.context import Context
from checklists.rules.rulebook import compare


def test_a_table_is_asked_once_and_others_are_asked_themselves() -> None:
    asked: list[tuple[str, Keeper]] = []

    @kept
    def told(name: str, table: Keeper) -> int:
        asked.append((name, table))
        return len(asked)

    one, other = Keeper(), Keeper()
    assert [told("a", one), told("a", one), told("b", one), told("a", other)] == [1, 1, 2, 3]
    one.forget()
    assert told("a", one) == 4


def test_tables_of_another_day_give_their_own_answers() -> None:
    tables = load_tables()
    before = tables.on("CN", date(2000, 1, 1))
    assert before is not tables
    assert calendar_of(before) is not calendar_of(tables)


def test_no_tables_stay_behind_when_a_tablet_has_newer_ones(clean: dict[str, Any]) -> None:
    tables = load_tables()
    assert list(compare(Context(situation(clean), tables)))
    assert calendar_of(tables)
    gone = weakref.ref(tables)
    del tables
    gc.collect()
    assert gone() is None
