"""A vehicle that was checked clean before: a short check is recommended, unless anything speaks against it now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.definitions.definition import CheckedBefore
from checklists.findings.checked_before import checked_before
from checklists.papers.release_pass import Load
from checklists.records.paper_proof import Stated
from mobile.inspecting import acts, passes
from mobile.screens.snapshot.state import snapshot_state
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 1, 40, tzinfo=UTC)
RULE = CheckedBefore(clean_hours=24, full_per_hundred=0)
PLATE, UN = "蒙K31008", "1005"
VEHICLE = {
    "plate": PLATE, "colour": "yellow", "kind": "rigid", "permit": {"valid_until": "2099-01-01", "scope": ["2.3"]},
}  # fmt: skip
CLEAN = {
    "inspection": "i-9", "at": "2026-11-20T22:30:00.000Z", "plate": PLATE, "colour": "yellow", "outcome": "release",
    "severity": "", "site": "G65 服务区", "label": "T0001", "agencies": ["T"], "violations": [],
    "checklist": "cn-joint", "about": {"vehicle": f"{PLATE}|yellow"},
}  # fmt: skip
WATCH = {
    "id": "w-1", "on": "vehicle", "key": f"{PLATE}|yellow", "unit": "x", "officer": "y", "why": "z", "do": "call",
    "since": "2026-11-20", "until": "2026-11-22",
}  # fmt: skip
STOP = {"number": "S1", "kind": "stop", "on": "vehicle", "key": PLATE, "authority": "a", "text": "b"}


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def arrived(*checks, watch=(), rule=RULE, void=(), facts=(), colour="yellow"):
    """A gas lorry whose class alone asks for a whole check, with what the feed tells of it."""

    def lookup(kind, key):
        if kind == "feed":
            return {"data": {}, "as_of": story.AT}
        if kind == "void":
            return {"data": {}, "as_of": story.AT} if key in void else None
        rows = {
            "history": [one for one in checks if key in one["about"].values()],
            "watch": [one for one in watch if key in (one["key"], one["key"].partition("|")[0])],
        }.get(kind)
        if kind == "vehicle" and key == f"{PLATE}|yellow":
            return {"data": VEHICLE, "as_of": story.AT}
        return {"data": {"rows": rows}, "as_of": story.AT} if rows else None

    used = replace(story.kit(), lookup=lookup, definitions=replace(story.kit().definitions, checked_before=rule))
    held = story.nothing(used=used)
    bill = {"number": "YD1", "plate": PLATE, "lines": [{"un": UN, "class": "2.3"}]}
    held = story.after(held, acts.identify(PLATE, colour), acts.waybill(bill))
    return story.after(held, acts.look_up(held, story.SITE), facts)


def card(held):
    return snapshot_state(held, NOW).before


def test_a_clean_check_three_hours_ago_recommends_the_short_list():
    held = arrived(CLEAN)
    told, state = card(held), snapshot_state(held, NOW)
    assert told.short and "3 hours old" in told.title and "G65 服务区 · T0001" in told.title
    assert "own rule, to be verified" in told.source and "within 24 hours" in told.source
    assert state.tier.level == "medium" and state.depth.proposed == "fast-lane" and not state.depth.reasons
    assert snapshot_state(arrived(), NOW).depth.proposed == "cn-joint"


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2026-11-19T22:30:00.000Z"},
        {"outcome": "release_after_correction"},
        {"outcome_before": "hold", "outcome_at": "2026-11-20T23:00:00.000Z"},
        {"severity": "III"},
        {"violations": ["CN-LIC-05b"]},
        {"violations": ["CN-LIC-05b"], "dismissed": ["CN-LIC-05b"]},
        {"checklist": "fast-lane"},
        {"checklist": ""},
        {"about": {"vehicle": f"{PLATE}|blue"}},
        {"at": "2026-11-21T02:30:00.000Z"},
    ],
)
def test_what_was_no_clean_check_of_this_vehicle_by_a_whole_list_recommends_nothing(changes):
    assert card(arrived({**CLEAN, **changes})) is None


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"watch": (WATCH,)}, "watch list"),
        ({"facts": (acts.fact("orders", [STOP], "registry", story.AT),)}, "stop order"),
        ({"facts": (acts.answer("EQP-14", "does_not_conform")[0],)}, "does not agree"),
        ({"facts": (acts.waybill({"number": "YD1", "plate": PLATE, "lines": []})[0],)}, "what is loaded"),
    ],
)
def test_what_speaks_against_the_vehicle_now_goes_first(more, why):
    held = arrived(CLEAN, **more)
    told = card(held)
    assert not told.short and why in told.advice
    assert snapshot_state(held, NOW).depth.proposed == "cn-joint"


def test_another_trailer_or_tank_was_not_checked_then():
    held = arrived(CLEAN, facts=(acts.fact("seen.trailer_plate", "蒙K3100挂"),))
    assert card(held) is None


def test_some_are_drawn_and_the_draw_cannot_be_tried_again():
    drawn = [
        card(arrived({**CLEAN, "inspection": f"i-{number}"}, rule=replace(RULE, full_per_hundred=30)))
        for number in range(40)
    ]
    many = sum(not one.short for one in drawn)
    assert 4 <= many <= 22 and all("chance" in one.advice for one in drawn if not one.short)
    again = [card(arrived(CLEAN, rule=replace(RULE, full_per_hundred=50))).short for _try in range(5)]
    assert len(set(again)) == 1
    assert not card(arrived(CLEAN, rule=replace(RULE, full_per_hundred=100))).short


def test_without_a_rule_nothing_is_recommended():
    assert card(arrived(CLEAN, rule=CheckedBefore())) is None


def stated(**changes):
    told = {
        "record": "ab" * 32, "text": "cd" * 32, "kind": "pass", "number": "T0009-C000001",
        "sealed_at": "2026-11-20T21:30:00.000Z", "device": "d", "agency": "T", "prefix": "T0009", "issued_at": "",
        "key": "", "certificate": "", "office": "", "signature": "", "signed": b"", "plate": PLATE, "goods": UN,
        "until": "2026-11-21T21:30:00.000Z",
    }  # fmt: skip
    return Stated(**{**told, **changes})


def read(held, state="", **changes):
    return story.after(held, passes.reading(held, stated(**changes), state))


def test_a_pass_that_was_read_shortens_the_check_and_stands_in_the_record():
    held = read(arrived())
    told = card(held)
    assert told.short and "T0009" in told.title and "pass T0009-C000001" in told.source
    assert passes.reading(held, stated()) == ()
    (note,) = passes.recommended(held, passes.before(held, watched=False))
    assert (note.item, note.value["short"], note.value["pass"]) == ("checked_before", True, "T0009-C000001")


@pytest.mark.parametrize(
    "changes",
    [
        {"goods": "1203"}, {"goods": f"{UN} 1203"}, {"goods": f"{UN} 蒙K3100挂"}, {"goods": f"{UN} quick"},
        {"plate": "蒙K99999"}, {"until": "2026-11-20T22:00:00.000Z"}, {"sealed_at": "2026-11-19T21:30:00.000Z"},
        {"state": "withdrawn"}, {"state": "held"}, {"state": "unknown"},
    ],
)  # fmt: skip
def test_a_pass_of_another_load_or_one_that_counts_no_more_shortens_nothing(changes):
    assert card(read(arrived(), **changes)) is None


def test_what_the_office_says_later_counts_and_a_void_number_is_heard_without_it():
    held = read(arrived())
    assert card(read(held, "stands")).short
    assert card(read(held, "withdrawn")) is None
    assert card(read(arrived(void=("T0009-C000001",)))) is None


def test_a_load_is_read_as_it_was_written():
    for load in (Load(("1005",)), Load(("1005", "1203"), "蒙K3100挂"), Load((), "", short=True)):
        assert Load.of(load.text()) == load


def test_what_was_found_elsewhere_changes_nothing_of_the_assessment():
    held = arrived(CLEAN)
    told = checked_before(held.assessment, RULE, held.kit.definitions.checklists)
    assert told is not None and told.short and held.assessment.proposal == arrived().assessment.proposal
