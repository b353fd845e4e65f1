"""What each outcome of a cross-check leads to: rule, case, item, violation, 中文, English, further candidate items.

The basis is the item's own, with what EXTRA_BASIS adds.
"""

from __future__ import annotations

RuleRow = tuple[str, str, str, str, str, str, tuple[str, ...]]


def _row(rule: str, case: str, item: str, code: str, zh: str, en: str, *also: str) -> RuleRow:
    return (rule, case, item, code, zh, en, also)


EXTRA_BASIS = {
    "PLA-02": "29号令 44",
}

_KIT = "CN-EQP-01"

RULES = (
    _row("R2", "carrier_scope", "LOD-08", "CN-LIC-02", "货物超出承运人经营范围", "Goods outside the carrier's scope"),
    _row(
        "R2", "vehicle_scope", "LOD-08", "CN-LIC-02", "货物超出道路运输证核定范围", "Goods outside the vehicle's scope"
    ),
    _row(
        "R3",
        "driver_absent_qualification",
        "LIC-09",
        "CN-LIC-03",
        "驾驶员没有危险货物从业资格",
        "Driver has no dangerous-goods qualification",
    ),
    _row(
        "R3", "driver_expired", "LIC-09", "CN-LIC-03", "驾驶员从业资格已过有效期", "Driver's qualification has expired"
    ),
    _row(
        "R3",
        "driver_category",
        "LIC-09",
        "CN-LIC-03",
        "驾驶员从业资格类别与货物不符",
        "Driver's qualification is of another category",
    ),
    _row(
        "R3",
        "driver_revoked",
        "LIC-09",
        "CN-LIC-03",
        "驾驶员从业资格已被吊销或注销",
        "Driver's qualification is revoked",
    ),
    _row(
        "R3",
        "driver_mismatch",
        "LIC-12",
        "CN-LIC-06",
        "驾驶员与运单上的姓名或证号不一致",
        "Driver is not the one on the waybill",
    ),
    _row(
        "R3",
        "escort_absent_qualification",
        "LIC-10",
        "CN-LIC-04",
        "押运员没有从业资格",
        "Escort has no qualification",
    ),
    _row(
        "R3", "escort_expired", "LIC-10", "CN-LIC-04", "押运员从业资格已过有效期", "Escort's qualification has expired"
    ),
    _row(
        "R3",
        "escort_category",
        "LIC-10",
        "CN-LIC-04",
        "押运员从业资格类别不符",
        "Escort's qualification is of another category",
    ),
    _row(
        "R3",
        "escort_revoked",
        "LIC-10",
        "CN-LIC-04",
        "押运员从业资格已被吊销或注销",
        "Escort's qualification is revoked",
    ),
    _row(
        "R3",
        "escort_mismatch",
        "LIC-12",
        "CN-LIC-06",
        "押运员与运单上的姓名或证号不一致",
        "Escort is not the one on the waybill",
    ),
    _row("R4", "no_escort", "LIC-11", "CN-OPR-01", "车上没有押运员", "No escort on board"),
    _row("R4", "escort_is_driver", "LIC-11", "CN-OPR-01", "押运员就是驾驶员", "The escort is the driver"),
    _row(
        "R4",
        "escort_not_on_waybill",
        "LOD-03",
        "CN-LOD-01",
        "押运员与运单记载不符",
        "The escort on board is not named on the waybill",
    ),
    _row(
        "R5", "vehicle_permit_expired", "LIC-06", "CN-LIC-05b", "主车道路运输证已过有效期", "Vehicle permit has expired"
    ),
    _row(
        "R5", "trailer_permit_expired", "LIC-07", "CN-LIC-05b", "挂车道路运输证已过有效期", "Trailer permit has expired"
    ),
    _row(
        "R5",
        "vehicle_permit_revoked",
        "LIC-06",
        "CN-LIC-05b",
        "主车道路运输证已被吊销或注销",
        "Vehicle permit is revoked",
    ),
    _row(
        "R5",
        "trailer_permit_revoked",
        "LIC-07",
        "CN-LIC-05b",
        "挂车道路运输证已被吊销或注销",
        "Trailer permit is revoked",
    ),
    _row(
        "R5", "vehicle_permit_absent", "LIC-06", "CN-LIC-05", "未随车携带主车道路运输证", "Vehicle permit not carried"
    ),
    _row(
        "R5", "trailer_permit_absent", "LIC-07", "CN-LIC-05", "未随车携带挂车道路运输证", "Trailer permit not carried"
    ),
    _row(
        "R5",
        "safety_inspection_expired",
        "LIC-03",
        "CN-VEH-04",
        "主车安全技术检验已过有效期",
        "Safety inspection of the vehicle has expired",
    ),
    _row(
        "R5",
        "trailer_safety_inspection_expired",
        "LIC-03",
        "CN-VEH-04",
        "挂车安全技术检验已过有效期",
        "Safety inspection of the trailer has expired",
    ),
    _row(
        "R5",
        "compulsory_insurance_expired",
        "LIC-04",
        "CN-LIC-12",
        "交强险已过有效期",
        "Compulsory insurance has expired",
    ),
    _row(
        "R5",
        "liability_insurance_expired",
        "LIC-13",
        "CN-LIC-07",
        "承运人责任险已过有效期",
        "Carrier liability insurance has expired",
    ),
    _row("R6", "tank_inspection_expired", "TNK-01", "CN-TNK-01", "罐体检验已过有效期", "Tank inspection has expired"),
    _row(
        "R7",
        "goods_not_on_list",
        "TNK-02",
        "CN-TNK-02",
        "货物不在罐体适装介质列表内",
        "Goods are not on the tank's permitted list",
    ),
    _row("R7", "tank_code_unfit", "TNK-02", "CN-TNK-02", "罐体代码不适合该货物", "Tank code may not carry the goods"),
    _row("R9", "over_approved_mass", "LOD-06", "CN-LOD-06", "超过核定载质量", "Load above the approved mass"),
    _row("R9", "over_gross_limit", "LOD-07", "CN-LOD-07", "车货总质量超过公路限值", "Gross mass above the road limit"),
    _row("R9", "over_traction", "LOD-06", "CN-LOD-06", "超过准牵引总质量", "Above the mass that the tractor may draw"),
    _row("R10", "panel_missing", "PLA-02", "CN-PLA-01", "未悬挂矩形标志牌", "Orange plate missing"),
    _row(
        "R10",
        "panel_wrong",
        "PLA-02",
        "CN-PLA-02",
        "矩形标志牌与所装货物不符",
        "Orange plate does not fit the goods on board",
    ),
    _row(
        "R10",
        "goods_differ",
        "LOD-04",
        "CN-LOD-04",
        "所装货物与运单不符",
        "Goods on board are not those on the waybill",
        "LIC-16",
    ),
    _row(
        "R10",
        "panel_unresolved",
        "PLA-02",
        "CN-PLA-02",
        "矩形标志牌与运单不一致，实际货物待查明",
        "Orange plate and waybill differ; what is loaded is not yet known",
        "LOD-04",
        "LIC-16",
    ),
    _row("R10", "placard_missing", "PLA-01", "CN-PLA-01", "未悬挂菱形标志牌", "Diamond placard missing"),
    _row(
        "R10",
        "placard_wrong",
        "PLA-01",
        "CN-PLA-02",
        "菱形标志牌与货物类别不符",
        "Diamond placard does not fit the class of the goods",
    ),
    _row("R12", "extinguisher_count", "EQP-01", _KIT, "灭火器数量不足", "Too few extinguishers"),
    _row(
        "R12", "extinguisher_capacity", "EQP-01", _KIT, "灭火器总容量不足", "Total capacity of extinguishers too small"
    ),
    _row(
        "R12",
        "extinguisher_cab",
        "EQP-01",
        _KIT,
        "没有适用于驾驶室、发动机的灭火器",
        "No extinguisher for engine or cab",
    ),
    _row("R12", "extinguisher_other", "EQP-01", _KIT, "其余灭火器规格不足", "No further extinguisher large enough"),
    _row(
        "R12",
        "extinguisher_expired",
        "EQP-02",
        _KIT,
        "灭火器过期，视为未配备",
        "Extinguisher expired: counts as absent",
    ),
    _row("R12", "wheel_chock", "EQP-03", _KIT, "轮挡不足", "Wheel chock missing"),
    _row("R12", "warning_sign", "EQP-04", _KIT, "自立式警示标志不足", "Self-standing warning sign missing"),
    _row("R12", "eye_rinse", "EQP-05", _KIT, "没有眼部冲洗液", "Eye-rinse liquid missing"),
    _row("R12", "vest", "EQP-06", _KIT, "反光背心不足", "Reflective vest missing"),
    _row("R12", "lamp", "EQP-07", _KIT, "便携照明设备不足", "Portable lamp missing"),
    _row("R12", "gloves", "EQP-08", _KIT, "防护手套不足", "Protective gloves missing"),
    _row("R12", "eye_protection", "EQP-09", _KIT, "护目镜不足", "Eye protection missing"),
    _row("R12", "escape_mask", "EQP-10", _KIT, "应急逃生面具不足", "Escape mask missing"),
    _row("R12", "shovel", "EQP-11", _KIT, "没有铲子", "Shovel missing"),
    _row("R12", "drain_seal", "EQP-12", _KIT, "没有下水道口封堵器具", "Drain seal missing"),
    _row("R12", "collecting_container", "EQP-13", _KIT, "没有收集容器", "Collecting container missing"),
    _row("R18", "mass_differs", "LOD-05", "CN-LOD-05", "实际重量与运单不符", "Weight differs from the waybill"),
)
