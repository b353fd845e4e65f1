"""Whatever is missing or absurd, a rule neither crashes nor turns unknown into a pass."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.authoring.loader import ROOT, read_plain
from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.inspection.entries import place
from checklists.rules.context import Context
from checklists.rules.rulebook import compare

TABLES = load_tables()
STORY = read_plain(ROOT / "examples" / "waste-acid-tanker.yaml")["situation"]


def paths(held, prefix=""):
    for key, value in held.items():
        yield prefix + key
        if isinstance(value, dict):
            yield from paths(value, f"{prefix}{key}.")


def take_away(held, path):
    *parents, leaf = path.split(".")
    for name in parents:
        held = held.get(name, {})
    held.pop(leaf, None)


GONE = st.sets(st.sampled_from(sorted(set(paths(STORY)) - {"at", "seen", "vehicle", "carrier"})), max_size=12)
MASSES = st.integers(min_value=-(2**53), max_value=2**53)


@given(GONE)
@settings(max_examples=60, deadline=None)
def test_taking_facts_away_never_turns_a_verdict_into_a_pass(gone):
    held = deepcopy(STORY)
    for path in sorted(gone, key=len, reverse=True):
        take_away(held, path)
    before = {one.id: one.verdict for one in compare(Context(situation(STORY), TABLES))}
    after = {one.id: one for one in compare(Context(situation(held), TABLES))}
    turned = [one for key, one in after.items() if before.get(key) in ("cannot_tell", "conflict")]
    assert [one.id for one in turned if one.verdict == "consistent" and one.missing] == []


@given(MASSES, MASSES, MASSES)
@settings(max_examples=60, deadline=None)
def test_absurd_masses_get_an_answer(gross, kerb, declared):
    held = deepcopy(STORY)
    place(held, "seen.gross_mass_kg", gross)
    place(held, "vehicle.kerb_mass_kg", kerb)
    held["waybill"]["lines"][0]["net_mass_kg"] = declared
    found = [one for one in compare(Context(situation(held), TABLES)) if one.rule in ("R9", "R18")]
    assert {one.verdict for one in found} <= {"consistent", "conflict", "cannot_tell"}


AMOUNTS = st.lists(st.none() | st.integers(min_value=1, max_value=9000), min_size=1, max_size=4)


@given(AMOUNTS, st.sampled_from(["limited", "excepted"]), st.randoms())
@settings(max_examples=60, deadline=None)
def test_an_exemption_is_judged_by_all_amounts_in_any_order(amounts, kind, dice):
    limit, name = (8000, "gross_mass_kg") if kind == "limited" else (1000, "packages")
    held = deepcopy(STORY)
    held["waybill"]["lines"] = [{"un": "1263", "packing_group": "II", "quantity": kind, name: one} for one in amounts]
    before = compare(Context(situation(held), TABLES))
    dice.shuffle(held["waybill"]["lines"])
    assert {one.id: one.verdict for one in compare(Context(situation(held), TABLES))} == {
        one.id: one.verdict for one in before
    }
    escort = [one.verdict for one in before if one.rule == "R4"]
    total = sum(one or 0 for one in amounts)
    if total > limit:
        assert escort == ["conflict"]
    else:
        assert escort == (["cannot_tell"] if None in amounts else [])
