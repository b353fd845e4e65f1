"""What an office writes over the definitions: the same mistakes as in files, each with its field; nothing is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checklists.authoring.revision import (
    Change,
    Reading,
    Revision,
    as_if_always,
    as_text,
    before,
    examine,
    revised,
    row_name,
)
from checklists.definitions.definition import Definitions
from checklists.law.model import rows_on
from checklists.wire import from_plain, to_plain
from tests.loaded import load_all

DAY = date(2027, 3, 1)


@pytest.fixture(scope="module")
def base() -> Definitions:
    return load_all()


def item(base: Definitions, name: str = "TNK-05", **changes: Any) -> Change:
    held = base.checklists["cn-joint"].item(name)
    return Change("item", name, {**as_text(held), **changes})


def row(base: Definitions, code: str = "CN-LOD-06", load: str = "yes", **changes: Any) -> Change:
    held = next(
        one for one in rows_on(base.violations, code, DAY) if one.applies_when.get("hazchem") in (None, (load,))
    )
    return Change("violation", code, {**as_text(held), **changes})


def of(*changes: Change, readings: tuple[Reading, ...] = ()) -> Revision:
    return Revision(7, DAY, changes, readings)


def told(base: Definitions, revision: Revision) -> list[tuple[str, str]]:
    return [(one.change, one.field) for one in examine(base, revision)]


def test_every_item_and_row_as_it_stands_has_no_mistake(base: Definitions) -> None:
    names = [one.id for one in base.checklists["cn-joint"].items()]
    assert examine(base, of(*(item(base, name) for name in names))) == ()
    rows = [one for one in base.violations if one.effective(DAY) and not one.code.startswith("EU-")]
    assert examine(base, of(*(Change("violation", one.code, as_text(one)) for one in rows))) == ()


def test_mistakes_are_told_all_at_once_with_their_fields(base: Definitions) -> None:
    wrong = item(base, agency=["Q"], severity="IV", violations=["CN-TNK-5"], applies_when={"containment": ["bottle"]})
    assert told(base, of(wrong)) == [
        ("TNK-05", "agency"),
        ("TNK-05", "severity"),
        ("TNK-05", "violations"),
        ("TNK-05", "applies_when"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": {"zh": "", "en": "x"}}, "text"),
        ({"basis": [{"law": "hazchem-law", "version": "2025-12-27", "clause": "999"}]}, "basis.0.clause"),
        ({"basis": [{"law": "no-law", "version": ""}]}, "basis.0.law"),
        (
            {"basis": [{"law": "hazchem-law", "version": "2025-12-27", "in_force_from": "1st May"}]},
            "basis.0.in_force_from",
        ),
        ({"basis": []}, ""),
        ({"nonsense": "x"}, "nonsense"),
    ],
)
def test_a_mistake_stands_at_its_field(base: Definitions, changes: dict[str, Any], field: str) -> None:
    assert ("TNK-05", field) in told(base, of(item(base, **changes)))


def test_an_item_comes_with_a_new_version_of_every_list_that_has_it(base: Definitions) -> None:
    text = {"zh": "罐体完好", "en": "Tank sound"}
    made = revised(base, of(item(base, text=text)))
    lists = made.checklists
    assert (lists["cn-joint"].version, lists["cn-joint"].effective_from) == (
        f"{base.checklists['cn-joint'].version}-7",
        DAY,
    )
    assert lists["fast-lane"].based_on == f"cn-joint@{lists['cn-joint'].version}"
    for name in ("cn-joint", "fast-lane"):
        held, was = lists[name].item("TNK-05"), base.checklists[name].item("TNK-05")
        assert held and was and held.text == text and held.optional == was.optional
    assert lists["eu-adr"] is base.checklists["eu-adr"]
    again = revised(made, replace(of(item(made)), number=9))
    assert again.checklists["cn-joint"].version == f"{base.checklists['cn-joint'].version}-9"


def test_a_new_item_stands_last_in_its_section_and_is_optional_in_a_short_list(base: Definitions) -> None:
    section = base.checklists["cn-joint"].sections[0].id
    cited = [{"law": "hazchem-law", "version": "2025-12-27", "clause": "67¶1–2", "in_force_from": "2026-05-01"}]
    new = replace(item(base, id="TNK-90", basis=cited), key="TNK-90", checklist="cn-joint", section=section)
    assert examine(base, of(new)) == ()
    made = revised(base, of(new)).checklists
    assert made["cn-joint"].sections[0].items[-1].id == "TNK-90"
    short = made["fast-lane"].item("TNK-90")
    assert short is not None and short.optional
    assert made["eu-adr"].item("TNK-90") is None
    assert told(base, of(replace(new, section="nowhere"))) == [("TNK-90", "")]


def test_a_row_ends_the_one_before_it_and_leaves_the_other_load_alone(base: Definitions) -> None:
    change = row(base)
    made = revised(base, of(change))
    assert change.name == "CN-LOD-06?hazchem=yes"
    named = [one for one in made.violations if row_name(one.code, one.applies_when) == change.name]
    assert [(one.effective_from, one.effective_to) for one in named][-2:] == [
        (date(2026, 5, 1), date(2027, 2, 28)),
        (DAY, None),
    ]
    assert rows_on(made.violations, "CN-LOD-06", date(2027, 2, 28)) == tuple(
        replace(one, effective_to=date(2027, 2, 28)) if one.applies_when.get("hazchem") == ("yes",) else one
        for one in rows_on(base.violations, "CN-LOD-06", date(2027, 2, 28))
    )
    untouched = [one for one in base.violations if one.code != "CN-LOD-06"]
    assert [one for one in made.violations if one.code != "CN-LOD-06"] == untouched


def test_a_row_that_ends_with_nothing_after_it_is_a_mistake(base: Definitions) -> None:
    assert ("CN-LOD-06?hazchem=yes", "effective_to") in told(base, of(row(base, effective_to="2027-06-30")))


def test_a_new_amount_or_clause_is_verified_only_by_a_stated_reading(base: Definitions) -> None:
    change = row(base)
    penalty = [dict(one) for one in change.value["penalty"]]
    penalty[0]["max_cny"] = "300000"
    raised = replace(change, value={**change.value, "penalty": penalty})
    assert told(base, of(raised)) == [(change.name, "penalty.0.basis.verified")]
    read = Reading("hazchem-law", "2025-12-27", "111(1)", "周文", "2026-11-29", "flk.npc.gov.cn")
    assert examine(base, of(raised, readings=(read,))) == ()
    for lacks in ({"by": " "}, {"on": "lately"}, {"source": ""}, {"clause": "112"}):
        stated = (replace(read, **lacks),)
        assert told(base, of(raised, readings=stated)) == [(change.name, "penalty.0.basis.verified")]


def test_as_if_always_the_draft_holds_on_the_days_of_the_row_before(base: Definitions) -> None:
    change = row(base, points="12")
    made = as_if_always(base, of(change))
    then = [one for one in rows_on(made.violations, "CN-LOD-06", date(2026, 11, 1)) if one.points == "12"]
    assert [(one.effective_from, one.effective_to) for one in then] == [(date(2026, 5, 1), None)]
    assert len(made.violations) == len(base.violations)


def test_a_version_of_a_law_ends_the_open_one_before_it(base: Definitions) -> None:
    new = Change("law", "hazchem-law", {"version": "2027-02-01", "in_force_from": "2027-03-01", "note": "not read"})
    made = revised(base, of(new)).laws["hazchem-law"]
    assert [(one.version, str(one.in_force_to)) for one in made.versions][-2:] == [
        ("2025-12-27", "2027-02-28"),
        ("2027-02-01", "None"),
    ]
    faults = examine(base, of(new))
    assert faults and {one.change for one in faults} == {""}, "what rests on the old version has to follow"
    twice = Change("law", "hazchem-law", {"version": "2025-12-27", "note": "x"})
    assert ("hazchem-law@2025-12-27", "version") in told(base, of(twice))


def test_what_a_change_takes_the_place_of_is_the_row_of_the_day_before(base: Definitions) -> None:
    was = before(base, row(base), DAY)
    assert was is not None and getattr(was, "applies_when", None) == {"hazchem": ("yes",)}
    assert before(base, Change("item", "TNK-99", {}), DAY) is None


def test_an_revision_is_the_same_after_the_wire(base: Definitions) -> None:
    held = of(item(base), row(base), readings=(Reading("a", "b", "c", "d", "e", "f"),))
    assert from_plain(Revision, to_plain(held)) == held
