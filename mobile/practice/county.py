"""The county of the practice mode: two tankers, their people and papers. Nobody and nothing of it exists.

Names say that they are for practice; numbers are well-formed, with worked-out check signs, and full of zeros. Dates are
relative to the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

OFFICE = "练习单位（不是真实机关）"
SITE = "练习检查点"
OFFICERS = (
    {"id": "practice-1", "name": "练习员甲", "card": "练习-0001", "agency": "T"},
    {"id": "practice-2", "name": "练习员乙", "card": "练习-0002", "agency": "P"},
)

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def uscc(body: str) -> str:
    """Return 17 signs of a credit code with the check sign of GB 32100."""
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return body + _CREDIT_SIGNS[(31 - total % 31) % 31]


def id_number(body: str) -> str:
    """Return 17 digits of an identity number with the check sign of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


@dataclass(frozen=True)
class Tanker:
    """A tractor with its tank trailer and crew; `permit_days` is how long the trailer's permit is valid from today."""

    number: int
    un: str
    name: str
    class_: str
    packing_group: str
    density: int
    net_mass_t: str
    permit_days: int = 300

    @property
    def plate(self) -> str:
        """The tractor's plate."""
        return f"蒙K0000{self.number}"

    @property
    def trailer(self) -> str:
        """The trailer's plate."""
        return f"蒙K000{self.number}挂"

    @property
    def tank(self) -> str:
        """The tank's number."""
        return f"LX0000-000{self.number}"

    @property
    def carrier(self) -> tuple[str, str]:
        """The carrier's name and credit code."""
        return f"练习{self.number}号危货运输有限公司", uscc(f"91150000MA0000{self.number:03d}")

    @property
    def crew(self) -> tuple[tuple[str, str, str], ...]:
        """Role, name and identity number of driver and escort."""
        numbers = [id_number(f"1500001980010100{2 * self.number + one}") for one in (0, 1)]
        return (
            ("driver", f"练习驾驶员{self.number}", numbers[0]),
            ("escort", f"练习押运员{self.number}", numbers[1]),
        )


TANKERS = (
    Tanker(1, "1830", "硫酸", "8", "II", 1840, "28.0"),
    Tanker(2, "1203", "汽油", "3", "II", 750, "24.0", permit_days=-40),
)


def registry(now: datetime) -> list[dict[str, Any]]:
    """Return the registry's rows, as of yesterday."""
    as_of = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    rows = [row for one in TANKERS for row in _rows(one, now)]
    return [{"kind": kind, "key": key, "data": data, "as_of": as_of} for kind, key, data in rows]


def waybill_text(tanker: Tanker, now: datetime) -> str:
    """Return what the QR code of a tanker's waybill says."""
    carrier, code = tanker.carrier
    (_role, driver, driver_id), (_role2, escort, escort_id) = tanker.crew
    held = {
        "运单编号": f"LX{now:%Y%m%d}00000{tanker.number}",
        "承运人": carrier,
        "统一社会信用代码": code,
        "车牌号": tanker.plate,
        "挂车号牌": tanker.trailer,
        "罐体编号": tanker.tank,
        "驾驶员": driver,
        "驾驶员身份证号": driver_id,
        "押运员": escort,
        "押运员身份证号": escort_id,
        "托运人": "练习化工有限公司",
        "装货人": "练习化工有限公司",
        "收货人": "练习收货有限公司",
        "起运地": "练习工业园",
        "目的地": "练习开发区",
        "UN编号": tanker.un,
        "品名": tanker.name,
        "类别": tanker.class_,
        "包装类别": tanker.packing_group,
        "净重": f"{tanker.net_mass_t} t",
    }
    return ";".join(f"{key}={value}" for key, value in held.items())


def _rows(one: Tanker, now: datetime) -> Iterator[tuple[str, str, dict[str, Any]]]:
    name, code = one.carrier
    owner = {"carrier": name, "carrier_uscc": code, "colour": "yellow"}
    scope = [one.class_]

    def until(days: int) -> dict[str, str]:
        return {"valid_until": (now + timedelta(days=days)).date().isoformat()}

    def permit(number: str, days: int) -> dict[str, Any]:
        return {"number": number, **until(days), "status": "valid", "scope": scope}

    yield "carrier", code, {"name": name, "uscc": code, "licence": permit(f"15000000000{one.number}", 800)}
    papers = {
        "safety_inspection": until(130),
        "compulsory_insurance": until(98),
        "liability_insurance": until(98),
        "permit": permit(f"15000010000{one.number}", 220),
    }
    masses = {"kerb_mass_kg": 8800, "gross_limit_kg": 49000, "traction_mass_kg": 40000}
    tractor = {"plate": one.plate, "kind": "tractor", **owner, **papers, **masses, "trailer": one.trailer}
    yield "vehicle", one.plate, tractor
    trailer = {
        "plate": one.trailer,
        "kind": "trailer",
        **owner,
        "permit": permit(f"15000020000{one.number}", one.permit_days),
        "safety_inspection": until(130),
        "kerb_mass_kg": 7000,
        "approved_mass_kg": 30000,
        "tank": one.tank,
    }
    yield "vehicle", one.trailer, trailer
    tank = {
        "number": one.tank,
        "kind": "atmospheric",
        "code": "L4BN" if one.un == "1830" else "LGBF",
        "volume_l": 30000_000 // one.density,
        "density_kg_m3": one.density,
        "media": [one.un],
        "outlet": "bottom",
        "inspection": {"number": f"LX-0000-000{one.number}", **until(120)},
    }
    yield "tank", one.tank, tank
    for role, person, number in one.crew:
        qualification = {"number": number, "category": role, **until(400), "status": "valid"}
        yield "person", number, {"name": person, "id_number": number, "qualification": qualification}
