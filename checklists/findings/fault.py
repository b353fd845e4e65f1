"""The name of one fault: what notes and fines say is of it alone, however many faults an item has. Pure.

The name follows from what the finding says and where it stands among the officer's further ones: what was said of a
fault holds for none that is worded anew or moves up to its place; that one is looked at anew.
"""

from __future__ import annotations

from checklists.findings.finding import Finding
from checklists.inspection.recheck import OF_ITEM
from checklists.wire import canonical, digest

_SIGNS = 12


def fault(one: Finding) -> str:
    """Return the item of a finding with a short digest of what is wrong: `EQP-02#1f2e3d4c5b6a`."""
    said = [one.rule, one.case, one.subject, one.violation, one.note]
    return f"{one.item}{OF_ITEM}{digest(canonical(said))[:_SIGNS]}"
