"""What an agency tells of itself once, so that every document has it: name, address, bank, where to appeal."""

from __future__ import annotations

import json
from collections.abc import Mapping

from checklists.wire import canonical
from server.documents.case_values import OFFICE
from server.store.models import Meta

LONGEST = 200


def of_agency(agency: str) -> dict[str, str]:
    """Return the details of an agency by name; what nobody has told is not there."""
    held = Meta.get_or_none(Meta.name == _name(agency))
    return {} if held is None else {str(name): str(value) for name, value in json.loads(str(held.value)).items()}


def tell(agency: str, details: Mapping[str, str]) -> dict[str, str]:
    """Keep details beside those told before and return all; an empty one is forgotten.

    Raises ValueError for a name that no document has, or a value that is no short text.
    """
    for name, value in details.items():
        if name not in OFFICE:
            raise ValueError(f"{name} is none of {', '.join(OFFICE)}")
        if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
            raise ValueError(f"{name} is no text of up to {LONGEST} signs")
    held = {name: value.strip() for name, value in {**of_agency(agency), **details}.items() if value.strip()}
    told = canonical(held).decode()
    Meta.insert(name=_name(agency), value=told).on_conflict(
        conflict_target=[Meta.name], update={Meta.value: told}
    ).execute()
    return held


def _name(agency: str) -> str:
    return f"office_details:{agency}"
