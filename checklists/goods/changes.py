"""What the newest edition of the goods list changed in an entry, and whether what stood before is still in force."""

from __future__ import annotations

from checklists.goods.entry import Goods
from checklists.values import frozen

COLUMNS = (
    "class", "subsidiary", "labels", "classification_code", "packing_group", "hazard_id", "tank_code",
    "vehicle_for_tank", "tunnel_code", "transport_category", "limited_quantity", "excepted_quantity",
    "tank_special_provisions", "special_provisions", "portable_tank", "sp_bulk", "sp_loading", "sp_operation",
)  # fmt: skip
"""What is compared, in the order in which it is told."""


@frozen
class Change:
    """One column: the value before and now (empty: none), and whether the older one still counts beside it."""

    column: str
    before: str
    now: str
    still: bool


def changes_of(goods: Goods) -> tuple[Change, ...]:
    """Return what changed between the older and the newest edition, in force or not; nothing for a new number."""
    entry = goods.versions
    if entry.before is None or entry.after is None:
        return ()
    still = any(row is entry.before for _, row in entry.rows)
    pairs = ((column, entry.before.get(column, ""), entry.after.get(column, "")) for column in COLUMNS)
    return tuple(Change(column, before, now, still) for column, before, now in pairs if before != now)
