"""A made-up county: carriers, vehicles, tanks, people and officers, with dates relative to the clock.

Every name is invented; every number is well-formed (its check sign is worked out) and belongs to nobody we know of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checklists.facts.registry import LISTS
from checklists.facts.situation import LAW_ZONE
from demo import beside
from mobile.practice.county import id_number, uscc

OFFICE = "云岭旗危险货物运输联合检查办公室"
PUBLIC_ADDRESS = "https://lujian.example.cn"
SITE = "G18 云岭东检查站"
CAMPAIGN = "危货运输“逐车过检”专项行动"

LU_AN = "云岭旗路安危货运输有限公司"
TRACTOR, TRAILER, TANK = "蒙K12345", "蒙K1234挂", "YL2019-0815"
DRIVER, ESCORT = "张建国", "李卫东"

OFFICERS = (
    {"id": "t-wang", "name": "王志强", "card": "15240001", "agency": "T"},
    {"id": "p-li", "name": "李海峰", "card": "蒙K-0217", "agency": "P"},
    {"id": "t-zhao", "name": "赵敏", "card": "15240007", "agency": "T", "leader": True},
    {"id": "p-chen", "name": "陈晓", "card": "蒙K-0342", "agency": "P", "leader": True},
)

USERS = (
    ("officer", "王志强", "officer", "T"),
    ("leader", "周队长", "leader", "T"),
    ("handler", "孙文书", "handler", "T"),
    ("police", "何民警", "handler", "P"),
    ("reviewer", "吴法制", "reviewer", "T"),
    ("supervisor", "郑督导", "supervisor", "T"),
    ("law", "冯法规", "law_admin", "T"),
    ("admin", "管理员", "system_admin", "T"),
)
"""Login, name, role and agency of one demo user for each role; their password is `PASSWORD`."""

DETAILS = {
    "T": {
        "name": "云岭旗交通运输综合行政执法大队", "address": "云岭旗迎宾路 8 号", "postcode": "017000",
        "contact": "孙文书", "phone": "0477-8000001", "bank": "云岭旗农村商业银行", "account": "6200 0000 0000 0001",
        "review_body": "云岭旗人民政府", "court": "云岭旗人民法院", "head": "周队长",
    },
    "P": {
        "name": "云岭旗公安局交通管理大队", "address": "云岭旗平安路 1 号", "postcode": "017000",
        "contact": "何民警", "phone": "0477-8000002", "bank": "云岭旗农村商业银行", "account": "6200 0000 0000 0002",
        "review_body": "云岭旗人民政府", "court": "云岭旗人民法院", "head": "李大队长",
    },
}  # fmt: skip
"""What each agency prints on its documents; all of it is made up."""

SIGNS = {"T": "云交", "P": "云公交"}
PARTY_ADDRESS = "鄂尔多斯市云岭旗化工园区 3 号"
CAUSE = "使用无效道路运输证从事危货运输等"
INVESTIGATORS = (("officer", "王志强", "15062401"), ("handler", "孙文书", "15062409"))
FINED = "CN-LIC-05b"
FINES = {"CN-LIC-03": 50_000, "CN-EQP-01": 50_000, FINED: 30_000}
"""What the leader decides: the least that the law of the load holds for each violation, in yuan."""

APART = "CN-LOD-05"
"""The violation that goes into a case of its own: nobody has read the law behind it."""

LOAD = {"hazchem": "yes"}
LOAD_BASIS = "对照《危险化学品目录》核对运单品名（演示录入，以正式目录为准）"
HANDED_TO = "E"
ARTICLE = {
    "text": "（二）使用失效、伪造、变造、被注销等无效道路危险货物运输许可证件从事道路危险货物运输的",
    "source": "《道路危险货物运输管理规定》（演示录入，以正式文本为准）",
    "note": "挂车道路运输证已过有效期",
}
"""What the law administrator of the story types of an article that the product does not have."""


PASSWORD = "yunling-demo"

LU_AN_USCC = uscc("91150624MA0YL0001")
DRIVER_ID = id_number("15062419800101001")
ESCORT_ID = id_number("15062419820303003")


def registry(now: datetime) -> list[dict[str, Any]]:
    """Return the office's registry as of a few days ago: the story's tanker, and a county full of others."""
    as_of = _text(now - timedelta(days=3))
    make: dict[str, beside.Make] = {"carrier": _carrier, "tractor": _tractor, "trailer": _trailer, "tank": _tank}
    rows = [*_story(now), *_others(now), *beside.rows(now, uscc, make), *_officers(), *_feeds()]
    return [{**row, "as_of": as_of} for row in rows]


def news(now: datetime) -> list[dict[str, Any]]:
    """Return the fact that reaches the office after the tablet last asked: a qualification was revoked."""
    person = _person(DRIVER, DRIVER_ID, "driver", _day(now, 500))
    person["data"]["qualification"]["status"] = "revoked"
    return [{**person, "as_of": _text(now - timedelta(hours=1))}]


def waybill_text(now: datetime) -> str:
    """Return what the QR code of the story's waybill says."""
    held = {
        "运单编号": "YD" + now.strftime("%Y%m%d") + "000123",
        "承运人": LU_AN,
        "统一社会信用代码": LU_AN_USCC,
        "车牌号": TRACTOR,
        "挂车号牌": TRAILER,
        "罐体编号": TANK,
        "驾驶员": DRIVER,
        "驾驶员身份证号": DRIVER_ID,
        "押运员": ESCORT,
        "押运员身份证号": ESCORT_ID,
        "托运人": "云岭化工有限责任公司",
        "装货人": "云岭化工有限责任公司",
        "收货人": "河套精细化工厂",
        "起运时间": (now - timedelta(hours=1, minutes=30)).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M"),
        "起运地": "云岭旗工业园",
        "目的地": "河套开发区",
        "UN编号": "1830",
        "品名": "硫酸",
        "类别": "8",
        "包装类别": "II",
        "净重": "28.0 t",
    }
    return ";".join(f"{key}={value}" for key, value in held.items())


def _story(now: datetime) -> Iterator[dict[str, Any]]:
    yield _carrier(LU_AN, LU_AN_USCC, ["3", "8"], now)
    yield _tractor(TRACTOR, LU_AN, LU_AN_USCC, TRAILER, ["3", "8"], now)
    yield _trailer(TRAILER, LU_AN, LU_AN_USCC, TANK, ["8"], permit_until=_day(now, -22), now=now)
    yield _tank(TANK, ["1830", "1832"], _day(now, 109), volume_l=18000, density_kg_m3=1840)
    yield _person(DRIVER, DRIVER_ID, "driver", _day(now, 500))
    yield _person(ESCORT, ESCORT_ID, "escort", _day(now, 430))


def _others(now: datetime) -> Iterator[dict[str, Any]]:
    """A few dozen more, always the same, so that a look-up is a look-up."""
    dice = random.Random(20261122)
    names = ("恒达", "永隆", "众安", "金河", "北辰", "瑞通", "草原", "兴隆", "安泰", "顺昌")
    for number, name in enumerate(names, start=2):
        company, code = f"云岭旗{name}危险品运输有限公司", uscc(f"91150624MA0YL{number:04d}")
        yield _carrier(company, code, ["2.1", "3", "8"], now)
        for each in range(3):
            plate, trailer = f"蒙K{dice.randrange(20000, 99999)}", f"蒙K{dice.randrange(2000, 9999)}挂"
            tank = f"YL20{dice.randrange(17, 26)}-{number:02d}{each:02d}"
            yield _tractor(plate, company, code, trailer, ["3", "8"], now)
            until = _day(now, dice.randrange(20, 700))
            yield _trailer(trailer, company, code, tank, ["3"], permit_until=until, now=now)
            yield _tank(tank, ["1203", "1202"], _day(now, dice.randrange(10, 360)), volume_l=42000, density_kg_m3=750)


def _officers() -> Iterator[dict[str, Any]]:
    for officer in OFFICERS:
        data = {key: one for key, one in officer.items() if key != "id"}
        yield {"kind": "officer", "key": officer["id"], "data": data}


def _feeds() -> Iterator[dict[str, Any]]:
    """The post with its road, and the lists that this office gives, in which nothing stands against the tanker."""
    yield {"kind": "site", "key": SITE, "data": {"road": "G18", "bans": []}}
    yield from ({"kind": "feed", "key": name, "data": {}} for name in LISTS)


def _carrier(name: str, code: str, scope: list[str], now: datetime) -> dict[str, Any]:
    licence = {"number": f"150624{code[12:17]}0", "valid_until": _day(now, 800), "scope": scope}
    return {"kind": "carrier", "key": code, "data": {"name": name, "uscc": code, "licence": licence}}


def _tractor(plate: str, name: str, code: str, trailer: str, scope: list[str], now: datetime) -> dict[str, Any]:
    data = {
        "plate": plate,
        "colour": "yellow",
        "kind": "tractor",
        "carrier": name,
        "carrier_uscc": code,
        "permit": {"number": f"1506240{plate[2:]}", "valid_until": _day(now, 220), "scope": scope},
        "safety_inspection": {"valid_until": _day(now, 130)},
        "compulsory_insurance": {"valid_until": _day(now, 98)},
        "liability_insurance": {"valid_until": _day(now, 98)},
        "kerb_mass_kg": 8800,
        "gross_limit_kg": 49000,
        "traction_mass_kg": 40000,
        "trailer": trailer,
    }
    return {"kind": "vehicle", "key": plate, "data": data}


def _trailer(
    plate: str, name: str, code: str, tank: str, scope: list[str], *, permit_until: str, now: datetime
) -> dict[str, Any]:
    data = {
        "plate": plate,
        "colour": "yellow",
        "kind": "trailer",
        "carrier": name,
        "carrier_uscc": code,
        "permit": {"number": f"1506249{plate[2:6]}", "valid_until": permit_until, "scope": scope},
        "safety_inspection": {"valid_until": _day(now, 130)},
        "kerb_mass_kg": 7000,
        "approved_mass_kg": 30000,
        "tank": tank,
    }
    return {"kind": "vehicle", "key": plate, "data": data}


def _tank(number: str, media: list[str], until: str, *, volume_l: int, density_kg_m3: int) -> dict[str, Any]:
    data = {
        "number": number,
        "kind": "atmospheric",
        "code": "L4BN",
        "volume_l": volume_l,
        "density_kg_m3": density_kg_m3,
        "max_fill_mass_kg": 30000,
        "max_fill_percent": 92,
        "media": media,
        "outlet": "bottom",
        "inspection": {"number": f"NM-{number[2:6]}-{number[-4:]}", "valid_until": until},
    }
    return {"kind": "tank", "key": number, "data": data}


def _person(name: str, number: str, role: str, until: str) -> dict[str, Any]:
    qualification = {"number": number, "category": role, "valid_until": until, "status": "valid"}
    data = {"name": name, "id_number": number, "qualification": qualification}
    return {"kind": "person", "key": number, "data": data}


def _day(now: datetime, days: int) -> str:
    return (now + timedelta(days=days)).date().isoformat()


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def blanks(kind: str) -> dict[str, str]:
    """Return what a clerk fills into a document of the transport or police case, beside what the case gives."""
    now = {"from_at": f"{datetime.now(LAW_ZONE):%Y-%m-%dT%H:%M}"} if kind == "interview" else {}
    return {**now, **_BLANKS.get(kind, {})}


_BLANKS = {
    "interview": {"asked_name": DRIVER, "asked_relation": "驾驶员",
                  "questions__0__q": "车上为什么没有吸附材料和堵漏器材？", "questions__0__a": "出车前忘记检查了。"},
    "investigation_report": {"conclusion": "建议对使用无效道路运输证从事危货运输的行为处罚款3万元。"},
    "closing_report": {"result": "罚款3万元", "carried_out": "已于期限内缴清"},
    "handover_letter": {"handed_to": "云岭旗生态环境分局", "materials__0__name": "现场检查记录",
                        "materials__0__count": "1"},
    "handover_list": {"handed_to": "云岭旗生态环境分局", "materials__0__name": "现场检查记录",
                      "materials__0__count": "1"},
    "service_receipt": {"served_papers__0__what": "行政处罚决定书"},
}  # fmt: skip


def write_scan(path: Path) -> None:
    """Write a page that stands for a scanned proof of service."""
    from fpdf import FPDF

    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=16)
    page.cell(0, 20, "SCAN (made up): proof of service")
    page.output(str(path))
