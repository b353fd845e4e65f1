"""What a post must have before its first vehicle: officers, warning signs, place, by light and road. Pure.

Norms for Traffic Police on Road Duty (`traffic-duty-norms`), arts 70 to 72, in the undated copy that was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from checklists.values import frozen

LAW, CLAUSES = "traffic-duty-norms", "70–72"
BASIS = {
    "zh": "《交通警察道路执勤执法工作规范》第七十条至第七十二条；"
    "在路口检查的，不得随意拦截、不得双向拦截（《道路货物运输及站场管理规定》第五十一条）",
    "en": "Norms for Traffic Police on Road Duty, arts 70–72; at a junction no stopping at will and never both "
    "directions at once (Rules on Road Freight and Freight Stations, art. 51)",
}


@frozen
class Setup:
    """One thing to see to before the first vehicle. `dark` and `expressway` say when it is asked; None: either way."""

    id: str
    text: Mapping[str, str] = field(default_factory=dict)
    dark: bool | None = None
    expressway: bool | None = None


SETUP = (
    Setup("officers_2", {"zh": "执勤人员不少于2名", "en": "At least 2 officers"}, dark=False),
    Setup("officers_3", {"zh": "执勤人员不少于3名", "en": "At least 3 officers"}, dark=True),
    Setup(
        "expressway_place",
        {"zh": "设在收费站、服务区或停车区", "en": "At a toll plaza, service area or parking area, nowhere else"},
        expressway=True,
    ),
    Setup(
        "signs_200_m",
        {"zh": "检查点前200米起设有警示标志", "en": "Warning signs from 200 m before the post"},
        dark=False,
        expressway=False,
    ),
    Setup(
        "signs_500_m",
        {"zh": "检查点前500米起设有警示标志", "en": "Warning signs from 500 m before the post"},
        dark=True,
        expressway=False,
    ),
    Setup(
        "signs_2_km",
        {"zh": "检查点前2公里起设有警示标志", "en": "Warning signs from 2 km before the post"},
        expressway=True,
    ),
)


def asked(*, dark: bool, expressway: bool) -> tuple[Setup, ...]:
    """Return what is to be seen to; `dark` is night or bad visibility."""
    return tuple(one for one in SETUP if one.dark in (None, dark) and one.expressway in (None, expressway))
