"""Entries merge by union; what stands is worked out by sequence and officer, never by clock."""

from dataclasses import is_dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.observation import Panel, Seen
from checklists.facts.situation import Situation
from checklists.facts.transport import Vehicle, Waybill
from checklists.inspection.entries import (
    Entry,
    all_of,
    answers,
    cleared,
    conflicts,
    keys_of,
    merge,
    next_seq,
    situation_of,
    standing,
    withdrawn,
)
from checklists.wire import instant

AT = "2026-11-21T01:30:00.000Z"


def entry(number, *, officer="a", device="A", seq=None, kind="answer", item="LIC-06", withdraws=None, **value):
    seq = number if seq is None else seq
    return Entry(f"e{number}", "i", device, seq, officer, "T", AT, kind, item, value, withdraws)


ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(0, 12),
        officer=st.sampled_from("ab"),
        item=st.sampled_from(["LIC-06", "PLA-02"]),
        result=st.sampled_from(["conforms", "does_not_conform"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(ENTRIES, ENTRIES)
def test_merging_in_any_order_any_number_of_times_gives_the_same(one, other):
    assert merge(one, other) == merge(other, one, other) == merge(merge(one), merge(other))


def test_a_later_sequence_of_the_same_officer_supersedes_whatever_the_clock():
    first, second = entry(1, result="conforms"), entry(2, result="does_not_conform")
    for order in permutations([first, second]):
        assert answers(order)["LIC-06"] == second


def test_two_officers_who_differ_are_both_kept_and_in_conflict():
    mine, his = entry(1, result="conforms"), entry(2, officer="b", result="does_not_conform")
    (found,) = conflicts([mine, his])
    assert found.entries == (mine, his)
    assert answers([mine, his])["LIC-06"] == his


def test_registries_of_two_tablets_that_have_heard_of_different_things_are_no_dispute():
    mine = entry(1, kind="fact", item="history", data=[], source="registry")
    his = entry(2, officer="b", kind="fact", item="history", data=[{"inspection": "i-1"}], source="registry")
    assert conflicts([mine, his]) == ()
    word = entry(3, kind="fact", item="history", data=[{"inspection": "i-2"}], source="officer")
    assert [one.entries for one in conflicts([mine, his, word])] == [(his, word)]


def test_a_conflict_ends_when_one_gives_way():
    mine, his = entry(1, result="conforms"), entry(2, officer="b", result="does_not_conform")
    assert conflicts([mine, his, entry(3, result="does_not_conform")]) == ()


def test_a_withdrawn_entry_no_longer_stands_but_stays():
    taken_back = [entry(1, kind="photo", item="EQP-14"), entry(2, kind="note", item="EQP-14", withdraws="e1")]
    assert all_of(taken_back, "photo") == ()
    assert len(merge(taken_back)) == 2


def test_devices_break_ties_of_sequence():
    one, other = entry(1, device="A", seq=5), entry(2, device="B", seq=5)
    assert standing([other, one], "answer")["LIC-06"] == (other,)


def test_a_clearing_covers_the_items_it_froze_and_no_other():
    clearing = entry(1, kind="section_clear", item="LIC", items=["LIC-01", "LIC-02"], dwell_ms=4000)
    assert set(cleared([clearing])) == {"LIC-01", "LIC-02"}


def test_facts_become_a_situation_with_their_sources():
    facts = [
        entry(1, kind="fact", item="trailer", data={"plate": "蒙K1234挂"}, source="registry", as_of="2026-11-18T00Z"),
        entry(2, kind="fact", item="trailer.permit", data={"valid_until": "2026-10-31"}, source="papers"),
    ]
    found = situation_of(facts, AT)
    assert found.trailer.plate == "蒙K1234挂"
    assert found.source("trailer.permit.valid_until").kind == "papers"
    assert found.source("trailer.kerb_mass_kg").kind == "registry"


def test_what_is_of_later_than_its_entry_was_put_down_by_a_clock_that_was_set_back():
    def ahead(as_of, at=AT):
        facts = [entry(1, kind="fact", item="trailer", data={}, source="registry", as_of=as_of)]
        return situation_of([replace(one, at=at) for one in facts], AT).source("trailer").ahead

    opened = datetime.fromisoformat(AT)
    assert not ahead(instant(opened + timedelta(hours=20)))
    assert ahead(instant(opened + timedelta(days=2)))
    # A check that goes on days later was put down by then.
    later = instant(opened + timedelta(days=3))
    assert not ahead(instant(opened + timedelta(days=2)), at=later)


def test_a_detail_outlives_a_later_look_up_of_its_whole():
    facts = [
        entry(1, kind="fact", item="trailer.plate", data="蒙K9999挂"),
        entry(2, kind="fact", item="trailer", data={"plate": "蒙K1234挂"}, source="registry"),
    ]
    assert situation_of(facts, AT).trailer.plate == "蒙K9999挂"


def fact(number, path, data):
    return entry(number, kind="fact", item=path, data=data, source="officer")


def test_a_plate_beside_a_compartment_is_a_place_of_its_own_with_details():
    facts = [
        fact(1, "seen.panels.left.1", {"hazard_id": "33", "un": "1203"}),
        fact(2, "seen.panels.left.1.un", "1202"),
        fact(3, "seen.panels.left.un", "1203"),
        fact(4, "seen.placards.right.2", ["3"]),
        fact(5, "seen.levels.1", 80),
    ]
    seen = situation_of(facts, AT).seen
    assert {side: (one.hazard_id, one.un) for side, one in seen.panels.items()} == {
        "left.1": ("33", "1202"),
        "left": (None, "1203"),
    }
    assert (seen.placards, seen.levels) == ({"right.2": ("3",)}, {"1": 80})


@pytest.mark.parametrize(
    "path",
    ["seen.new", "newer", "waybill.lines.0.un", "vehicle.plate.colour", "vehicle.", "..", "at", "sources.vehicle",
     "sources", "unplaced", "trailer.permit.scope.0"],
)  # fmt: skip
def test_a_path_without_a_place_is_named_and_changes_nothing_else(path):
    held = [fact(1, "vehicle.plate", "蒙K12345")]
    found = situation_of([*held, fact(2, path, {"un": 1})], AT)
    assert found.unplaced == (path,)
    assert replace(found, unplaced=()) == situation_of(held, AT)


_NAMES = sorted({name for kind in (Situation, Seen, Panel, Vehicle, Waybill) for name in get_type_hints(kind)})
_PATHS = st.lists(
    st.sampled_from([*_NAMES, "left", "front", "1", "12", "", "class", "0", "号"]), min_size=1, max_size=6
)


@given(st.lists(_PATHS.map(".".join), max_size=6, unique=True), st.permutations(range(6)))
def test_whatever_paths_facts_have_each_has_its_place_or_is_named(paths, order):
    # The data are what a place holds, so that only the paths decide; a mapping stands for what has parts.
    facts = [fact(number, path, held_at(path)) for number, path in enumerate(paths, start=1) if path]
    found = situation_of(sorted(facts, key=lambda one: order[one.seq % 6]), AT)
    known = {one.item for one in facts} - set(found.unplaced)
    assert set(found.unplaced) == {path for path in paths if path and keys_of(path) is None}
    assert known == set(found.sources)


def held_at(path):
    """Something that the place of a path may hold, other than its default."""
    kind = Situation
    for name in keys_of(path) or ():
        kind = inner(kind, name)
    kind = bare(kind)
    if is_dataclass(kind):
        return {}
    if get_origin(kind) in (tuple, frozenset, list):
        return []
    if get_origin(kind) is not None:
        return {}
    return {bool: True, int: 7, str: "x", date: "2026-11-21", datetime: AT}[kind]


def bare(kind):
    held = [one for one in get_args(kind) if one is not type(None)]
    return held[0] if get_origin(kind) in (Union, UnionType) else kind


def inner(kind, name):
    kind = bare(kind)
    hints = get_type_hints(kind) if is_dataclass(kind) else {}
    return hints.get(name, hints.get(f"{name}_")) if hints else get_args(kind)[1]


def test_the_next_sequence_is_one_more_than_any_seen():
    assert next_seq([]) == 1
    assert next_seq([entry(1, seq=7, device="B")]) == 8


def signature(number, officer, name, role="officer", withdraws=None):
    return entry(number, officer=officer, kind="signature", item=f"{role}:{name}", withdraws=withdraws, role=role)


def test_row_36_of_two_officers_of_one_name_neither_takes_back_what_the_other_signed():
    mine, his = signature(1, "zhang-1", "张伟"), signature(2, "zhang-2", "张伟", withdraws="e1")
    again = signature(3, "zhang-1", "张伟", withdraws="e2")
    for order in permutations([mine, his, again]):
        assert [one.id for one in standing(order, "signature")["officer:张伟"]] == ["e2", "e3"]
        assert withdrawn(order) == frozenset()


def test_row_36_an_officer_takes_back_his_own_and_a_driver_signs_again_on_any_tablet():
    mine, again = signature(1, "a", "张伟"), signature(2, "a", "张伟", withdraws="e1")
    assert all_of([mine, again], "signature") == (again,)
    driver, later = signature(1, "a", "张伟", "driver"), signature(2, "b", "张伟", "driver", withdraws="e1")
    assert all_of([driver, later], "signature") == (later,)
    leader, other = signature(1, "a", "张伟", "leader"), signature(2, "b", "张伟", "leader", withdraws="e1")
    assert all_of([leader, other], "signature") == (leader, other)


def test_who_could_not_verify_says_nothing_against_who_looked():
    blind = entry(1, officer="a", result="not_verified", why="not_shown")
    for word in ("conforms", "does_not_conform"):
        looked = entry(2, officer="b", result=word)
        for order in permutations([blind, looked]):
            assert answers(order)["LIC-06"] == looked and conflicts(order) == ()


def test_where_nobody_could_verify_that_is_the_answer():
    both = [entry(1, officer="a", result="not_verified"), entry(2, officer="b", result="not_verified")]
    assert answers(both)["LIC-06"].value["result"] == "not_verified" and conflicts(both) == ()
