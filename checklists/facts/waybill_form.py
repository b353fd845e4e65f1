"""The names under which waybills and their QR codes give each field, Chinese and English.

After the form that the ministry fixed under 29号令 art. 24 and what public systems call its fields: none of the names
is law, and a name that is not here leaves its value in the raw text only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_PERSON = {
    "name": "name 姓名",
    "id_number": "id_number id_card id_no 身份证号 身份证号码 证件号 证件号码",
    "phone": "phone mobile tel 电话 联系电话 手机 手机号",
    "qualification.number": "qualification qualification_number 从业资格证 从业资格证号 资格证号 资格证",
}
_DRIVER, _ESCORT = ("driver", "驾驶员", "驾驶人", "司机"), ("escort", "guard", "押运员", "押运人员", "押运人")

_NAMES: dict[str, str] = {
    "number": "number 运单编号 运单号 电子运单号 电子运单编号 单号 waybill waybill_no waybill_number no ydbh id",
    "status": "status 运单状态 状态",
    "plate": "plate plate_number vehicle_no 车牌号 车牌号码 车牌 车辆号牌 牵引车 牵引车号牌 牵引车车牌号 主车号牌 cph",
    "plate_colour": "plate_color plate_colour 车牌颜色 号牌颜色 车辆颜色 cpys",
    "vehicle_permit": "vehicle_permit 道路运输证号 道路运输证 车辆道路运输证号 牵引车道路运输证号 dlyszh",
    "trailer_plate": "trailer_plate trailer trailer_no 挂车车牌号 挂车号牌 挂车车辆号牌 挂车 gcph",
    "trailer_plate_colour": "trailer_plate_color trailer_plate_colour 挂车车牌颜色 挂车号牌颜色",
    "tank": "tank tank_number tank_no 罐体编号 罐体 gtbh",
    "carrier": "carrier carrier_name 承运人 承运单位 承运人名称 承运企业",
    "carrier_uscc": "carrier_uscc uscc 承运人统一社会信用代码 统一社会信用代码",
    "consignor": "consignor consignor_name 托运人 托运单位 托运人名称 发货人",
    "loader": "loader loader_name 装货人 装货人名称 装货单位 充装单位 装载人",
    "consignee": "consignee consignee_name 收货人 收货单位 收货人名称",
    "origin": "origin 起运地 起始地 装货地 装货地址",
    "destination": "destination 目的地 卸货地 收货地 收货地址",
    "start_at": "start_at start_date depart_time 起运日期 起运时间 发车时间 发车日期 出发时间",
    "route": "route 运输路线 行驶路线 路线 途经",
    "total_mass_kg": "total_mass_kg 合计质量 合计重量 合计净重 货物总质量 货物总重量 货物总净重 总净重",
    "total_packages": "total_packages 合计件数 货物总件数 总件数",
    "lines": "lines goods goods_list cargo 货物 货物明细 货物信息 货物列表 危险货物信息",
}
_LINE_NAMES: dict[str, str] = {
    "un": "un un_no un_number UN编号 UN号 联合国编号",
    "name": "name goods_name cargo_name 品名 货物名称 正式运输名称 危险货物名称",
    "class": "class hazard_class 类别 类项 项别 类别项别 类别及项别 危险类别 主要危险性",
    "subsidiary": "subsidiary subsidiary_hazard 次要危险 次要危险性 次要危险类别 副危险 副危险性",
    "packing_group": "packing_group pg 包装类别 包装等级",
    "net_mass_kg": "net_mass_kg net_mass mass weight 净重 净质量 质量 总质量 数量 重量 装载量",
    "gross_mass_kg": "gross_mass_kg gross_mass gross 毛重 毛质量 总毛重",
    "explosive_mass_kg": "explosive_mass_kg explosive_mass nem neq 净爆炸质量 净爆炸物质量 爆炸品净重 净药量",
    "volume_l": "volume_l volume 体积 容积 装载体积",
    "density_kg_m3": "density_kg_m3 density 密度",
    "packages": "packages package_count 件数 包件数 包装件数",
    "compartment": "compartment 舱号 仓号 隔仓 罐仓 舱室",
    "quantity": "quantity 数量类型 豁免类型 例外或有限数量",
    "technical_name": "technical_name 技术名称 化学名称",
}
_GROUPS: dict[str, dict[str, str]] = {
    "vehicle": {
        "plate": "plate plate_number 车牌号 号牌 车辆号牌 车牌",
        "plate_colour": "color colour 颜色 车牌颜色 号牌颜色",
        "vehicle_permit": "permit 道路运输证号 道路运输证",
    },
    "trailer": {"trailer_plate": "plate plate_number 车牌号 号牌 车辆号牌 车牌 挂车号牌"},
    "tank": {"tank": "number 编号 罐体编号"},
    "carrier": {"carrier": "name 名称 单位名称", "carrier_uscc": "uscc 统一社会信用代码"},
    "consignor": {"consignor": "name 名称 单位名称"},
    "loader": {"loader": "name 名称 单位名称"},
    "consignee": {"consignee": "name 名称 单位名称"},
    "driver": {f"driver.{part}": alias for part, alias in _PERSON.items()},
    "escort": {f"escort.{part}": alias for part, alias in _PERSON.items()},
    "waybill": {path: alias for path, alias in _NAMES.items()},
}
_GROUP_NAMES: dict[str, str] = {
    "vehicle": "vehicle 车辆 车辆信息 牵引车 主车",
    "trailer": "trailer 挂车 挂车信息",
    "tank": "tank 罐体 罐体信息",
    "carrier": "carrier 承运人 承运人信息",
    "consignor": "consignor 托运人 托运人信息",
    "loader": "loader 装货人 装货人信息",
    "consignee": "consignee 收货人 收货人信息",
    "driver": " ".join((*_DRIVER, "驾驶员信息", "驾驶人信息")),
    "escort": " ".join((*_ESCORT, "押运员信息", "押运人员信息")),
    "waybill": "waybill data 运单 运单信息 电子运单",
}
_OWN_UNITS = {"kg": "kg", "l": "l", "m3": "kg/m3"}
"""Names of ours that end in their unit."""


def plain(name: str) -> str:
    """Return a name in half width and lower case, without spaces, dashes and underscores."""
    return re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", name).lower())


@lru_cache(maxsize=512)
def split_unit(name: str) -> tuple[str, str]:
    """Return a field's name in plain form, and the unit that stood in brackets behind it: 净重(t)."""
    text = " ".join(unicodedata.normalize("NFKC", name).lower().split())
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if found:
        return plain(found[1]), found[2].strip()
    own = re.fullmatch(r"[a-z_]+_(kg|l|m3)", text)
    return plain(text), _OWN_UNITS[own[1]] if own else ""


def _by_alias(names: Mapping[str, str]) -> dict[str, str]:
    return {plain(alias): path for path, aliases in names.items() for alias in aliases.split()}


def _people() -> dict[str, str]:
    """Return the flat names of a person's fields: 驾驶员, 驾驶员姓名, driver_phone."""
    found: dict[str, str] = {}
    for person, called in (("driver", _DRIVER), ("escort", _ESCORT)):
        for one in called:
            found[plain(one)] = f"{person}.name"
            for part, aliases in _PERSON.items():
                found |= {plain(one + alias): f"{person}.{part}" for alias in aliases.split()}
        found[f"{person}id"] = f"{person}.id_number"
    return found


FIELDS: Mapping[str, str] = {**_by_alias(_NAMES), **_people()}
"""Plain name → path of the waybill."""

LINE_FIELDS: Mapping[str, str] = _by_alias(_LINE_NAMES)
"""Plain name → field of a goods line."""

PERSON_FIELDS: Mapping[str, str] = {
    plain(alias): part for part, aliases in _PERSON.items() for alias in aliases.split() if not alias.isascii()
}
"""Plain Chinese name of what a person's paper says, without whose: behind his name it is his."""

_LINES = frozenset(name for name, path in FIELDS.items() if path == "lines") | frozenset(LINE_FIELDS)


@lru_cache(maxsize=512)
def numbered(name: str) -> tuple[str, str]:
    """Return a field's name in plain form and, of a goods line's, the number of the line: UN编号2 is that of line 2."""
    bare, behind = split_unit(name)
    found = re.fullmatch(r"(.*[^0-9])0?([1-9][0-9]?)", bare)
    if found and bare not in _LINES and found[1] in _LINES:
        return found[1], found[2]
    if found := re.fullmatch("((?:危险)?货物|goods|cargo)0?([1-9][0-9]?)([^0-9]+)", bare):
        field = next((one for one in (found[3], found[1] + found[3]) if one in _LINES), "")
        return (field, found[2]) if field else (bare, "")
    return bare, behind if bare in _LINES and re.fullmatch("[1-9][0-9]?", behind) else ""


WEAK = frozenset({"id", "no", "number"})
"""Names that any system gives to any thing: they count where no telling name gives the same field."""

TELLING = frozenset(
    name for name, path in FIELDS.items() if path in ("plate", "trailer_plate", "tank", "lines", "start_at", "carrier")
) | {name for name, path in LINE_FIELDS.items() if path == "un"}
"""Names that only a waybill has: an object of another name is looked into where it holds one of them."""

GROUPS: Mapping[str, str] = _by_alias(_GROUP_NAMES)
"""Plain name of an object inside the waybill's → which one it is."""

GROUP_FIELDS: Mapping[str, Mapping[str, str]] = {
    group: {**_by_alias(names), **(FIELDS if group == "waybill" else {})} for group, names in _GROUPS.items()
}
"""Of each object, plain name → path of the waybill."""


def is_known(name: str) -> bool:
    """Whether a name is one under which waybills give a field or a group of them."""
    bare, _number = numbered(name)
    return any(bare in names for names in (FIELDS, LINE_FIELDS, GROUPS, PERSON_FIELDS))
