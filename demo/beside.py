"""Vehicles of the made-up county that the story does not meet: a stop order, a gas tanker, one plate in two colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from checklists.wire import instant

HONG_TAI = "云岭自治旗鸿泰液化石油气及液氨等危险货物道路运输有限责任公司"
GAS, GAS_TRAILER, GAS_TANK = "蒙K66018", "蒙K6601挂", "YL2021-G018"
STOPPED, STOPPED_TWIN, STOPPED_TRAILER, STOPPED_TANK = "蒙K55021", "蒙K55022", "蒙K5502挂", "YL2018-0502"
TWICE = "蒙K23456"
ALIKE = "蒙K8B120"
CLEAN, CLEAN_TANK = "蒙K31008", "YL2022-0310"
ORDER = "云运停〔2026〕第 17 号"

Make = Callable[..., dict[str, Any]]


def bill(plate: str, goods: Mapping[str, str], people: tuple[tuple[str, str], ...], **more: str) -> str:
    """Return the text of a waybill's code; `people` are driver and escort with their numbers."""
    named: dict[str, str] = {}
    for role, (name, number) in zip(("驾驶员", "押运员"), people, strict=False):
        named |= {role: name, f"{role}身份证号": number}
    held = {"运单编号": "YD20261126" + plate[2:], "车牌号": plate, **more, **named, **goods}
    return ";".join(f"{key}={value}" for key, value in held.items())


def gas_bill(driver: tuple[str, str], escort: tuple[str, str]) -> str:
    """Return the gas tanker's waybill."""
    goods = {"UN编号": "1005", "品名": "无水氨", "类别": "2.3", "净重": "14.2 t"}
    return bill(GAS, goods, (driver, escort), 挂车号牌=GAS_TRAILER, 罐体编号=GAS_TANK, 承运人=HONG_TAI)


def stopped_bill(driver: tuple[str, str], escort: tuple[str, str]) -> str:
    """Return the waybill of the tanker whose trailer must not run."""
    goods = {"UN编号": "1203", "品名": "汽油", "类别": "3", "包装类别": "II", "净重": "21.6 t"}
    return bill(STOPPED, goods, (driver, escort), 挂车号牌=STOPPED_TRAILER, 罐体编号=STOPPED_TANK)


def clean_bill(driver: tuple[str, str], escort: tuple[str, str]) -> str:
    """Return the waybill of a tank lorry of which nothing bad is known."""
    goods = {"UN编号": "1202", "品名": "柴油", "类别": "3", "包装类别": "III", "净重": "9.4 t"}
    return bill(CLEAN, goods, (driver, escort), 罐体编号=CLEAN_TANK)


def rows(now: datetime, code: Callable[[str], str], make: Mapping[str, Make]) -> Iterator[dict[str, Any]]:
    """Yield the rows; `make` has the county's makers of tractors, trailers, tanks and carriers."""
    hong_tai, yong_xin = code("91150624MA0YL0091"), code("91150624MA0YL0092")
    yield make["carrier"](HONG_TAI, hong_tai, ["2.1", "2.3"], now)
    yield make["carrier"]("云岭旗永信危险品运输有限公司", yong_xin, ["3", "8"], now)
    yield make["tractor"](GAS, HONG_TAI, hong_tai, GAS_TRAILER, ["2.1", "2.3"], now)
    until = _day(now, 200)
    yield make["trailer"](GAS_TRAILER, HONG_TAI, hong_tai, GAS_TANK, ["2.3"], permit_until=until, now=now)
    tank = make["tank"](GAS_TANK, ["1005"], _day(now, 150), volume_l=27000, density_kg_m3=530)
    yield {**tank, "data": {**tank["data"], "kind": "pressure", "code": "PxBH"}}
    for plate in (STOPPED, STOPPED_TWIN):
        yield make["tractor"](plate, "云岭旗永信危险品运输有限公司", yong_xin, STOPPED_TRAILER, ["3", "8"], now)
    yield make["trailer"](
        STOPPED_TRAILER, "云岭旗永信危险品运输有限公司", yong_xin, STOPPED_TANK, ["3"], permit_until=until, now=now
    )
    yield make["tank"](STOPPED_TANK, ["1203"], _day(now, 60), volume_l=42000, density_kg_m3=750)
    yield from _lorry(CLEAN, CLEAN_TANK, yong_xin, now, make)
    for colour, carrier in (("yellow", "云岭旗永信危险品运输有限公司"), ("blue", "云岭旗同城配送服务部")):
        one = make["tractor"](TWICE, carrier, yong_xin, "", ["3"], now)
        yield {**one, "key": f"{TWICE}|{colour}", "data": {**one["data"], "colour": colour, "kind": "lorry"}}
    yield make["tractor"](ALIKE, HONG_TAI, hong_tai, "", ["2.1"], now)
    yield from _lists(now)


def _lorry(plate: str, tank: str, uscc: str, now: datetime, make: Mapping[str, Make]) -> Iterator[dict[str, Any]]:
    one = make["tractor"](plate, "云岭旗永信危险品运输有限公司", uscc, "", ["3", "8"], now)
    yield {**one, "data": {**one["data"], "kind": "lorry", "tank": tank, "approved_mass_kg": 10000}}
    made = make["tank"](tank, ["1202", "1203"], _day(now, 210), volume_l=12000, density_kg_m3=850)
    yield {**made, "data": {**made["data"], "code": "LGBF"}}


def _lists(now: datetime) -> Iterator[dict[str, Any]]:
    """What the office knows against numbers."""
    order = {
        "number": ORDER, "kind": "stop", "on": "trailer", "key": STOPPED_TRAILER, "since": _day(now, -12),
        "authority": "云岭旗交通运输综合行政执法大队",
        "text": "罐体根部阀渗漏未修复。检验合格并经本队复查解除前，不得从事危险货物运输。",
    }  # fmt: skip
    yield {"kind": "orders", "key": STOPPED_TRAILER, "data": {"rows": [order]}}
    past = [
        ("CN-LIC-04", -41, "云运罚〔2026〕第 203 号"), ("CN-PLA-02", -118, "云运罚〔2026〕第 131 号"),
        ("CN-EQP-01", -230, "云公交字〔2026〕第 88 号"),
    ]  # fmt: skip
    held = [
        {"violation": violation, "on": _day(now, days), "keys": [STOPPED], "number": number}
        for violation, days, number in past
    ]
    yield {"kind": "past", "key": STOPPED, "data": {"rows": held}}


def earlier(now: datetime) -> list[dict[str, Any]]:
    """Return what the feed tells of earlier checks of the gas tanker: one held it this morning, and two before."""
    held = {"plate": GAS, "colour": "yellow", "about": {"vehicle": f"{GAS}|yellow", "trailer": GAS_TRAILER}}
    told: tuple[tuple[str, timedelta, str, str, str, str, str, list[str]], ...] = (
        ("e-1", timedelta(hours=2), "G65 云岭服务区检查点", "P0002", "P", "hold", "I", ["CN-TNK-02"]),
        ("e-2", timedelta(days=9), "G109 云岭旗检查点", "T0001", "T", "release", "", []),
        ("e-3", timedelta(days=64), "G109 云岭旗检查点", "T0001", "T", "release_after_correction", "II", ["CN-PLA-02"]),
    )
    return [
        {
            **held, "inspection": name, "at": instant(now - ago), "site": site, "label": label, "agencies": [agency],
            "outcome": outcome, "severity": severity, "violations": found,
            "unverified": ["LIC-08", "LIC-13", "EQP-03"] if name == "e-2" else [],
        }
        for name, ago, site, label, agency, outcome, severity, found in told
    ]  # fmt: skip


def _day(now: datetime, days: int) -> str:
    return (now + timedelta(days=days)).date().isoformat()
