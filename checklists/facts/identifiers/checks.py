"""Numbers that people and vehicles carry: read, checked, and what is wrong with them.

A problem never refuses a number. A warning, and an error that may be `overridden`, is kept with a reason: papers in the
field are older and stranger than any rule. Words for the codes are made where they are shown.
"""

from checklists.facts.identifiers.companies import check_licence, check_permit, check_uscc
from checklists.facts.identifiers.goods import check_hazard_id, check_panel, check_un
from checklists.facts.identifiers.model import Check, Problem
from checklists.facts.identifiers.people import check_id, check_phone, check_qualification
from checklists.facts.identifiers.plates import COLOURS, PROVINCES, check_plate
from checklists.facts.identifiers.reading import identify, readings
from checklists.facts.identifiers.vin import check_vin

__all__ = [
    "COLOURS",
    "PROVINCES",
    "Check",
    "Problem",
    "check_hazard_id",
    "check_id",
    "check_licence",
    "check_panel",
    "check_permit",
    "check_phone",
    "check_plate",
    "check_qualification",
    "check_un",
    "check_uscc",
    "check_vin",
    "identify",
    "readings",
]
