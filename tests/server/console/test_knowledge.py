"""The definitions that a page draws with: those of the part, whatever shape its naming of them has."""

from __future__ import annotations

from typing import Any

import pytest

from server.console.knowledge import Knowledge
from server.office import Office
from server.publishing import publish_all


@pytest.mark.parametrize(
    "said",
    [None, [], "text", 7, {"name": "definitions"}, [["x"]], ["x"], [{}], [{"name": "definitions", "version": ["x"]}]],
)
def test_a_part_that_names_its_definitions_in_no_shape_has_those_in_force(office: Office, said: Any) -> None:
    publish_all(office)
    found = office.store.read_now(Knowledge().definitions, {"definitions": said})
    assert found.violations and found is office.store.read_now(Knowledge().definitions)
