"""Canonical JSON, and values that come back as they went."""

import json
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.situation import Situation
from checklists.facts.transport import Line, Waybill
from checklists.wire import WireError, canonical, from_plain, instant, to_plain, uuid7

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_reading_canonical_bytes_and_writing_them_again_changes_nothing(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


def read_only(value):
    """A plain value whose mappings are of another kind, as some are held."""
    if isinstance(value, dict):
        return MappingProxyType({key: read_only(one) for key, one in value.items()})
    return tuple(map(read_only, value)) if isinstance(value, list) else value


@given(PLAIN)
def test_a_value_has_one_form_however_it_is_held(value):
    assert canonical(read_only(value)) == canonical(value)


def test_keys_are_ordered_by_their_utf16_code_units():
    assert canonical({"\ufb33": 1, "\U0001f600": 2, "a": 4}).decode() == '{"a":4,"\U0001f600":2,"\ufb33":1}'


def test_control_characters_are_escaped_as_rfc_8785_says():
    assert canonical('\u0001\n"\\é') == '"\\u0001\\n\\"\\\\é"'.encode()


@pytest.mark.parametrize("value", [1.5, {"a": [float("nan")]}, 2**53, {1: 2}, {"a": {3, 4}}, b"x", "\ud800"])
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(WireError):
        canonical(value)


def test_the_refusal_names_the_path():
    with pytest.raises(WireError) as caught:
        canonical({"entries": [{"value": {"net_mass_kg": 1.5}}]})
    assert caught.value.path == "entries[0].value.net_mass_kg"


def test_a_situation_comes_back_as_it_went():
    line = Line(un="1830", class_="8", net_mass_kg=28000)
    held = Situation(datetime(2026, 11, 21, tzinfo=UTC), waybill=Waybill(number="Y1", lines=(line,)))
    assert from_plain(Situation, to_plain(held)) == held


def test_class_is_written_without_its_underscore():
    assert to_plain(Line(class_="8")) == {"class": "8"}


def test_a_misspelt_fact_does_not_vanish():
    with pytest.raises(WireError) as caught:
        from_plain(Situation, {"at": "2026-11-21T09:00:00Z", "vehicle": {"plat": "蒙K12345"}})
    assert caught.value.path == "vehicle.plat"


@pytest.mark.parametrize("at", ["2026-11-21T09:00:00", "yesterday", 5, None])
def test_a_time_without_a_zone_is_refused(at):
    with pytest.raises(WireError):
        from_plain(datetime, at, "at")


def test_dates_and_numbers_may_be_text():
    assert (from_plain(date, "2026-11-21"), from_plain(int, "28000")) == (date(2026, 11, 21), 28000)


def test_ids_sort_by_the_time_they_were_made():
    assert uuid7(1000) < uuid7(1001)
    assert uuid7()[14] == "7"


def test_times_are_utc_with_z():
    assert instant(datetime.fromisoformat("2026-11-21T09:30:00+08:00")) == "2026-11-21T01:30:00.000Z"
