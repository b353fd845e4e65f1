"""What this tablet sealed an hour ago is on its own next snapshot, delivered or not; what was let go holds no more."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.facts.registry import row_key
from checklists.records.check_history import check_of
from checklists.wire import to_plain
from mobile.inspecting import acts, conclusion
from mobile.inspecting.inspection import write
from mobile.screens.snapshot.earlier.state import hold_cards
from mobile.sealing import part
from tests.mobile import story
from tests.mobile.closing import DEVICE, decided

AT = "2026-11-21T05:30:00.000Z"
NOW = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)


def sealed(held):
    return part.build(held, DEVICE, part_id="p", sealed_at=held.opened_at, device_seq=1, previous=None)


def next_check(*rows):
    """The next vehicle of the tablet is the same one; its store finds what it sealed by any of the row's numbers."""

    def lookup(kind, key):
        if (kind, key) == ("feed", "history"):
            return {"data": {}, "as_of": AT}
        found = [one for one in rows if kind == "history" and key in one["about"].values()]
        return {"data": {"rows": found}, "as_of": AT} if found else story.registry().get((kind, key))

    held = replace(story.nothing(used=replace(story.kit(), lookup=lookup)), inspection="the-next", opened_at=AT)
    held = story.after(held, acts.identify("蒙K12345", "yellow"), acts.waybill(story.situation()["waybill"]))
    return story.after(held, acts.look_up(held, story.SITE))


def amended(held, drafts):
    entries = write(held, drafts, AT, ("let-go",))
    certificate = dict(DEVICE.certificate)
    return {"kind": "amendment", "certificate": certificate, "entries": [to_plain(one) for one in entries]}


def test_what_was_held_here_an_hour_ago_stops_here_until_it_was_let_go():
    held = decided()
    assert held.assessment.proposal.outcome == "hold"
    row = check_of(sealed(held), "d" * 64)
    assert (row["outcome"], row["plate"], row["severity"]) == ("hold", "蒙K12345", "I")
    assert row["about"]["vehicle"] == row_key("vehicle", "蒙K12345|yellow") and row["violations"]
    assert len(hold_cards(next_check(row), NOW)) == 1
    free = check_of(sealed(held), "d" * 64, [amended(held, conclusion.let_go("release_after_correction", "复查合格"))])
    assert (free["outcome"], free["outcome_before"], free["outcome_at"]) == ("release_after_correction", "hold", AT)
    # The office still tells what it knew before the amendment came: what was amended counts.
    assert hold_cards(next_check(row, free), NOW) == hold_cards(next_check(free, row), NOW) == ()


@pytest.mark.parametrize(("outcome", "reason"), [("seize", "x"), ("release", " ")])
def test_a_hold_is_lifted_by_letting_go_with_a_reason_and_by_nothing_else(outcome, reason):
    with pytest.raises(ValueError, match="lets go"):
        conclusion.let_go(outcome, reason)
