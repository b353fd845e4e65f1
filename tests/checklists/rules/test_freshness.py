"""R22: what is older than its source's limit is listed once for each source, and changes no other answer."""

OLD = {"kind": "registry", "as_of": "2026-10-22T09:29:00+08:00"}
FRESH = {"kind": "registry", "as_of": "2026-10-22T09:30:00+08:00"}


def ages(results, sources):
    return [(one.subject, one.verdict, one.stale) for one in results({"sources": sources}) if one.rule == "R22"]


def test_old_paths_of_one_source_are_one_answer(results):
    found = ages(results, {"trailer.permit": OLD, "carrier": OLD, "tank": FRESH})
    assert found == [("registry", "stale", ("carrier", "trailer.permit"))]


def test_the_limit_itself_is_not_old(results):
    assert ages(results, {"tank": FRESH}) == [("registry", "consistent", ())]


def test_a_source_without_a_limit_never_ages(results):
    assert ages(results, {"seen": {**OLD, "kind": "officer"}}) == []


def test_an_age_that_is_not_known_is_not_old(results):
    assert ages(results, {"tank": {"kind": "registry"}}) == [("registry", "consistent", ())]


AHEAD = {**FRESH, "ahead": True}


def test_by_a_clock_that_was_set_back_nothing_passes_and_what_conflicts_still_does(results):
    assert ages(results, {"tank": AHEAD}) == [("registry", "stale", ("tank",))]
    sources = {"vehicle": AHEAD, "orders": AHEAD}
    passed = {one.id for one in results({}) if one.verdict == "consistent"}
    stale = {one.id for one in results({"sources": sources}) if one.verdict == "stale" and one.rule != "R22"}
    assert stale and stale <= passed
    expired = {"vehicle": {"permit": {"valid_until": "2026-01-01"}}}
    before, after = (
        {one.id for one in results({**expired, **more}) if one.verdict == "conflict"}
        for more in ({}, {"sources": sources})
    )
    assert before and before == after


def test_only_a_source_with_a_limit_is_ahead(results):
    assert ages(results, {"seen": {**AHEAD, "kind": "officer"}}) == []


def test_an_old_path_that_no_rule_read_leaves_the_others_alone(results):
    before = {one.id: one.verdict for one in results({}) if one.rule != "R22"}
    after = {one.id: one.verdict for one in results({"sources": {"vehicle.registered_on": OLD}}) if one.rule != "R22"}
    assert before == after


def test_facts_that_no_place_was_found_for_are_to_be_verified_and_change_no_other_answer(results):
    found = results({"unplaced": ["seen.newer", "waybill.lines.0.un"]})
    told = [one for one in found if one.case == "unplaced"]
    assert [(one.rule, one.verdict, one.missing) for one in told] == [
        ("R22", "cannot_tell", ("seen.newer", "waybill.lines.0.un"))
    ]
    assert [one for one in found if one.case != "unplaced"] == results({})
