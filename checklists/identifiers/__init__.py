"""Numbers that people and vehicles carry: read, checked, and what is wrong with them.

A problem never refuses a number. A warning, and an error that may be `overridden`, is kept with a reason: papers in the
field are older and stranger than any rule. Words for the codes are made where they are shown.
"""

from checklists.identifiers.companies import check_licence, check_permit, check_uscc
from checklists.identifiers.goods import check_hazard_id, check_panel, check_un
from checklists.identifiers.model import Check, Problem
from checklists.identifiers.people import check_id, check_phone, check_qualification
from checklists.identifiers.plates import COLOURS, PROVINCES, check_plate
from checklists.identifiers.reading import identify, readings
from checklists.identifiers.vin import check_vin

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
