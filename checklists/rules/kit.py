"""R12: the equipment that these labels, this mass and this crew require, against what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.confirm import needs
from checklists.crosscheck import Context, Look, Result


def r12_equipment(context: Context) -> Iterator[Result]:
    """Each required piece against the count seen; an expired extinguisher is not counted. JT/T 617.7.

    A piece that nobody looked for cannot be told; what is required is unknown while the goods are.
    """
    if context.on_board is None:
        look = Look(context, "R12")
        look.lack("waybill.lines")
        yield look.says("wheel_chock", conflict=False, subject="equipment")
        return
    for need in needs(context):
        look = Look(context, "R12")
        seen = look.number(f"seen.equipment.{need.key}")
        wanted = need.count if need.count is not None else need.min_capacity_kg
        look.note(f"required.{need.key}", wanted)
        if wanted is None:
            look.lack(need.missing)
        few = seen is not None and (seen == 0 or (wanted is not None and seen < wanted))
        certain = not need.assumed or (seen == 0 and need.assumed == ("mass",))
        if few and not certain:
            look.lack(*need.assumed)
        yield look.says(need.key, conflict=few and certain, subject=need.key)
