"""The quick check: it asks little, and what it does not ask it still finds."""

import json

import pytest

from checklists.authoring.casefile import case_of, check
from checklists.definitions.publication import from_published, publish
from checklists.inspection.entries import place


@pytest.fixture
def quick(definitions):
    return definitions.checklists["fast-lane"]


@pytest.fixture
def judged(clean, definitions, tables):
    def judge(changes=None, answers=None):
        for path, value in (changes or {}).items():
            place(clean, path, value)
        case = case_of({"situation": clean, "answers": answers or {}, "checklist": "fast-lane"})
        return check(case, definitions, tables)

    return judge


def test_it_asks_eighteen_items_of_the_joint_checklist(definitions, quick):
    asked = [item.id for item in quick.items() if not item.optional]
    assert len(asked) == 18
    assert {"LIC-11", "PLA-02", "TNK-01", "TNK-05", "EQP-01", "LOD-01", "LOD-06"} <= set(asked)
    assert quick.based_on == f"cn-joint@{definitions.checklists['cn-joint'].version}"


def test_what_is_asked_is_the_item_as_the_joint_checklist_has_it(definitions, quick):
    joint = definitions.checklists["cn-joint"]
    assert all(item == joint.item(item.id) for item in quick.items() if not item.optional)


def test_only_what_is_asked_stands_open(judged, quick):
    asked = {item.id for item in quick.items() if not item.optional}
    assert {one.item.id for one in judged().items} <= asked


def test_a_conflict_on_an_item_that_is_not_asked_is_found_all_the_same(judged):
    assessment = judged({"tank.media": ["1789"]})
    assert [(one.rule, one.item) for one in assessment.findings] == [("R7", "TNK-02")]
    assert assessment.proposal.outcome != "release"


def test_an_officer_may_report_what_is_not_asked(judged):
    assessment = judged(answers={"EQP-14": "does_not_conform"})
    assert [one.item for one in assessment.findings] == ["EQP-14"]


def test_the_tablet_gets_it_resolved(definitions, quick):
    package = json.loads(json.dumps(publish(definitions)))
    assert from_published(package).checklists["fast-lane"] == quick
