"""What the violation catalogue's source table has only as prose: duties, ranges and subjects, hand-kept by code.

Citations are written as in `item_tables`. A range is (citation, minimum, maximum, 中文, English); an amount that is not
known is None.
"""

from __future__ import annotations

from typing import NamedTuple

Range = tuple[str, int | None, int | None, str, str]


class Row(NamedTuple):
    """One violation: who answers, what had to be done, what may follow. `powers`: measures that its clauses give."""

    subject: str
    duty: str = ""
    penalty: tuple[Range, ...] = ()
    title: tuple[str, str] | None = None
    points: str = ""
    note: str = ""
    powers: str = ""


def _range(basis: str, low: int | None = None, high: int | None = None, zh: str = "", en: str = "") -> Range:
    return (basis, low, high, zh, en)


_GAIN = (
    "责令停止运输；违法所得超过2万元的，没收违法所得并处2至10倍罚款；否则处3万元至10万元",
    "stop; illegal gain over 20,000: confiscated and 2 to 10 times it; else 30,000 to 100,000",
)
_LICENCE_FORGED = ("扣留证件，可处15日以下拘留", "papers seized, detention up to 15 days may be added")

VIOLATIONS = {
    "CN-LIC-01": Row(
        "carrier",
        "道路运输条例 24",
        (
            _range("道路运输条例 63(3)", 30_000, 100_000, *_GAIN),
            _range("道路危货规定@2023-11-10 55(1)", 30_000, 100_000, *_GAIN),
        ),
        note="Carrier or owner.",
    ),
    "CN-LIC-02": Row(
        "carrier",
        "29号令 22",
        (_range("道路危货规定@2013 No. 2 59(3)?", 30_000, 100_000, *_GAIN),),
        note="Carrier or owner. Item seen only in a machine translation of the 2013 text; amounts as CN-LIC-01.",
    ),
    "CN-LIC-03": Row(
        "company",
        "危化条例 44",
        (_range("危化条例 86(1)", 50_000, 100_000, "拒不改正的，责令停产停业整顿", "refusal: business suspended"),),
    ),
    "CN-LIC-03b": Row(
        "person",
        "",
        (_range("道路运输条例 64?", 200, 2_000), _range("从业人员规定@2006 45?", 200, 2_000)),
        title=("驾驶员无危货从业资格上岗（非危化品或对个人）", "driver unqualified: other goods, or the person"),
        note="Whether it fits dangerous goods is not verified.",
    ),
    "CN-LIC-04": Row("company", "危化条例 44", (_range("危化条例 86(1)", 50_000, 100_000),)),
    "CN-LIC-05": Row(
        "carrier",
        "道路运输条例 33",
        (_range("道路危货规定", 20, 200, "警告或者罚款", "warning or fine"),),
        note="Article not known; range from memory.",
    ),
    "CN-LIC-05b": Row(
        "carrier",
        "道路运输条例 33",
        (_range("道路危货规定@2013 No. 2 59(2)?", 30_000, 100_000, *_GAIN),),
        note="Whether an expired permit alone meets it is for the legal reviewer; amounts as CN-LIC-01.",
    ),
    "CN-LIC-06": Row(
        "person",
        "",
        (
            _range("从业人员规定@2006 45(2)?", 200, 2_000),
            _range("道交法 96", 2_000, 5_000, *_LICENCE_FORGED),
        ),
        note="The police range is for forged licences and plates.",
        powers="D",
    ),
    "CN-LIC-07": Row(
        "carrier",
        "道路运输条例 35",
        (
            _range(
                "道路运输条例 67",
                None,
                None,
                "责令限期投保；拒不投保的，吊销许可",
                "insure by a date; refusal: revoked",
            ),
        ),
        powers="L",
    ),
    "CN-LIC-08": Row(
        "consignor",
        "危化条例 50",
        (
            _range(
                "危化条例 88(4)", 50_000, 100_000, "并扣留车辆（处理程序27(7)）", "vehicle detained (处理程序 27(7))"
            ),
        ),
        note="Consignor or carrier: settled in the case.",
        powers="D",
    ),
    "CN-LIC-08b": Row(
        "",
        "工作规范 附件6",
        (
            _range(
                "剧毒许可办法",
                None,
                None,
                "引导至安全地点、禁止继续行驶、调查",
                "safe place, no further driving, investigate",
            ),
        ),
        title=("剧毒通行证有证未携带/不按证载事项", "toxic permit not carried or not followed"),
        note="Subject and amount not known.",
        powers="H",
    ),
    "CN-LIC-09": Row(
        "",
        "29号令 48",
        (_range("", None, None, "按相应的专门条例", "as the special regulations say"),),
        title=("无民爆/烟花/放射性运输许可", "no permit for explosives, fireworks or radioactive goods"),
        note="Subject, clause and amount not known.",
    ),
    "CN-LIC-10": Row(
        "driver",
        "",
        (_range("道交法 99(1)", 200, 2_000, "可以并处15日以下拘留", "detention up to 15 days may be added"),),
    ),
    "CN-LIC-11": Row(
        "driver",
        "",
        (
            _range("道交法 95", None, None, "扣留机动车至补办手续", "vehicle held until produced"),
            _range("道交法 90", 20, 200, "警告或者罚款", "warning or fine"),
        ),
        powers="D",
    ),
    "CN-LIC-12": Row(
        "owner",
        "",
        (
            _range(
                "道交法 98",
                None,
                None,
                "扣留至投保；处最低保费二倍罚款",
                "held until insured; twice the minimum premium",
            ),
        ),
        powers="D",
    ),
    "CN-LIC-13": Row(
        "unit",
        "29号令 24; 固废法 82; 法典 536",
        (
            _range("固废法 112(5)", 100_000, 1_000_000),
            _range("法典 1175(7)", 50_000, 200_000),
            _range("法典 1175(7)", 200_000, 1_000_000, "拒不改正的", "on refusal to correct"),
        ),
    ),
    "CN-LIC-14": Row(
        "unit",
        "固废法 82; 法典 536",
        (_range("固废法 112(5)", 100_000, 1_000_000), _range("法典 1175(8)", 200_000, 2_000_000)),
    ),
    "CN-PLA-01": Row(
        "carrier",
        "29号令 44; 危化条例 47",
        (_range("危化条例 89(1)", 10_000, 50_000),),
        points="driver 6 (no sign)",
    ),
    "CN-PLA-02": Row(
        "carrier",
        "GB 13392-2023 4.2.1; 29号令 44; 危化条例 47",
        (_range("危化条例 89(1)", 10_000, 50_000),),
    ),
    "CN-PLA-03": Row(
        "carrier",
        "29号令 44",
        title=("爆炸品/剧毒车无安全标示牌", "no safety board on a vehicle for explosives or toxics"),
        note="Penalty article not known.",
    ),
    "CN-TNK-01": Row(
        "carrier",
        "道路危货规定",
        (
            _range(
                "安全生产法 99(6)", None, 50_000, "责令限期改正，可以并处", "order with a deadline; fine may be added"
            ),
            _range(
                "安全生产法 99(6)",
                50_000,
                200_000,
                "逾期未改正；责任人员1万元至2万元",
                "overdue; persons 10,000 to 20,000",
            ),
        ),
        note="What the transport rule itself lays down is from memory.",
        powers="L",
    ),
    "CN-TNK-02": Row(
        "carrier",
        "29号令 23(2)",
        (_range("29号令 60(1)?", 2_000, 5_000),),
        note="Article and range of the penalty from memory.",
    ),
    "CN-TNK-03": Row(
        "user",
        "特设法 40; 29号令 23(2)",
        (_range("特设法 84(1)", 30_000, 300_000, "责令停止使用", "use stopped"),),
        title=("使用未检/检验不合格压力容器", "pressure vessel not inspected or rejected"),
    ),
    "CN-TNK-03b": Row(
        "user",
        "特设法 40",
        (
            _range(
                "特设法 83", 10_000, 100_000, "责令限期改正；逾期停止使用并处", "order; overdue: use stopped and fine"
            ),
        ),
        title=("未按要求申报检验、未登记", "inspection not requested, vessel not registered"),
        note="Found by market regulation in its own check of the vessel: no item leads here.",
        powers="L",
    ),
    "CN-TNK-04": Row(
        "maker",
        "GB 18564.1",
        (_range("", None, None, "按产品质量法律", "as product-quality law says"),),
        note="Maker or inspection body. Competence: 29号令 52(6).",
    ),
    "CN-TNK-05": Row("carrier", "29号令 26; 危化条例 45", (_range("危化条例 86(2)", 50_000, 100_000),)),
    "CN-TNK-06": Row(
        "driver",
        "29号令 47; 危化条例 45",
        (_range("29号令 61(2)?", 1_000, 3_000),),
        note="Article and range of the penalty from memory.",
    ),
    "CN-TNK-07": Row("user", "危化条例 45", (_range("特设法 83(3)", 10_000, 100_000, "逾期未改正", "when overdue"),)),
    "CN-TNK-08": Row("carrier", "", (_range("危化条例 88(2)", 50_000, 100_000),)),
    "CN-TNK-09": Row(
        "carrier",
        "道路危货规定@2016 No. 36 23?; 道路危货规定@2026-02",
        (_range("道路危货规定", None, None, "金额待核", "amount not known"),),
        note="Only the ban was read, in the 2016 numbering; the fine is not known.",
    ),
    "CN-VEH-01": Row(
        "carrier",
        "危化条例 47; GB 7258",
        (
            _range("危化条例 88(2)", 50_000, 100_000),
            _range("道交法 90", 20, 200, "警告或者罚款（对驾驶人）", "warning or fine (driver)"),
        ),
        note="Carrier or driver. 道交法 90 stays in force beside whatever takes the place of 危化条例 88(2).",
    ),
    "CN-VEH-02": Row("carrier", "道路运输条例 30", (_range("道路运输条例 69(2)", 5_000, 20_000),)),
    "CN-VEH-03": Row(
        "carrier",
        "29号令 25, 45; 实施条例 14",
        (
            _range("动态监督管理办法", 800, 800, "驾驶员破坏、屏蔽的", "driver who destroys or screens it"),
            _range("动态监督管理办法", 3_000, 8_000, "企业", "company"),
        ),
        note="Subject not stated: carrier, or the driver who destroys the terminal.",
    ),
    "CN-VEH-04": Row(
        "driver",
        "道交法 13; 实施条例 16",
        (_range("道交法 90", 20, 200, "警告或者罚款", "warning or fine"),),
        points="3 for a dangerous-goods vehicle",
    ),
    "CN-VEH-05": Row("carrier", "道路危货规定", (_range("道路运输条例 69(1)", 1_000, 5_000),)),
    "CN-VEH-06": Row(
        "driver",
        "GB 7258",
        (_range("道交法 90?", 20, 200, "警告或者罚款", "warning or fine"),),
        title=("反光标识等不全", "reflective marks or guards missing"),
        note="Whether this article fits is from memory.",
    ),
    "CN-VEH-07": Row(
        "driver",
        "道交法 14",
        (
            _range(
                "道交法 100", 200, 2_000, "收缴并强制报废，吊销驾驶证", "seized and scrapped, driving licence revoked"
            ),
        ),
        powers="D",
    ),
    "CN-VEH-08": Row(
        "carrier",
        "道路危货规定 8?",
        (_range("道路危货规定", None, None, "金额待核", "amount not known"),),
        title=("超容积/质量上限", "above the limits of volume or mass"),
        note="Article from memory; the fine is not known.",
    ),
    "CN-EQP-01": Row("carrier", "危化条例 45; JT/T 617.7", (_range("危化条例 86(2)", 50_000, 100_000),)),
    "CN-EQP-02": Row("carrier", "危化条例 45", (_range("危化条例 86(2)", 50_000, 100_000),)),
    "CN-LOD-01": Row(
        "carrier",
        "29号令 24",
        (_range("29号令 60(2)?", 2_000, 5_000),),
        note="Article and range of the penalty from memory; practice: a fine of 2,000 under art. 24(1).",
    ),
    "CN-LOD-02": Row(
        "driver",
        "29号令 24",
        (_range("29号令 61(1)?", 1_000, 3_000),),
        note="Article and range of the penalty from memory.",
    ),
    "CN-LOD-03": Row(
        "driver",
        "29号令 44",
        (_range("29号令 61(1)?", 1_000, 3_000),),
        note="Article and range of the penalty from memory.",
    ),
    "CN-LOD-04": Row(
        "carrier",
        "29号令 22–24?",
        (_range("29号令 60(2)?", 2_000, 5_000),),
        note="Beyond the scope: CN-LIC-02 instead.",
    ),
    "CN-LOD-05": Row(
        "carrier", "29号令 24?", (_range("29号令 60(2)?", 2_000, 5_000),), note="That this article fits is from memory."
    ),
    "CN-LOD-06": Row(
        "carrier",
        "危化条例 47; 29号令 23; 道交法 92",
        (
            _range("危化条例 88(1)", 50_000, 100_000, "危险化学品", "hazardous chemicals"),
            _range("道交法 92", 200, 500, "其他货物，扣留至消除；对驾驶人", "other goods, held until cleared; driver"),
            _range("道交法 92", 500, 2_000, "其他货物，超过30%", "other goods, over 30 %"),
            _range("道交法 92", 2_000, 5_000, "经处罚不改的，对主管人员", "repeated: the manager"),
        ),
        points="over the maximum mass by 50 % or more 6, 30 to 50 % 3, under 30 % 1",
        note="Carrier or driver. 道交法 92 stays in force for other goods.",
        powers="D",
    ),
    "CN-LOD-07": Row(
        "carrier",
        "",
        (
            _range("公路安全保护条例 64", None, 30_000, "可以并处", "may be added"),
            _range(
                "公路安全保护条例 66",
                None,
                None,
                "一年内超过3次：吊销营运证，驾驶人停止从业；超过车辆总数10%：责令停业整顿",
                "over 3 times a year: permit revoked, driver barred; over 10 % of the fleet: company suspended",
            ),
        ),
        note="Road limits are local data.",
    ),
    "CN-LOD-08": Row(
        "filler",
        "29号令",
        (_range("特设法 85", 20_000, 200_000, "压力容器充装单位", "fillers of pressure vessels"),),
        note="For pressure vessels; what holds for others is not verified.",
    ),
    "CN-LOD-09": Row(
        "filler",
        "特设法 49; 29号令 31?",
        (
            _range("特设法 85", 20_000, 200_000),
            _range("特设法 85", 100_000, 500_000, "未经许可充装", "filling without a licence"),
        ),
    ),
    "CN-LOD-09b": Row(
        "loader",
        "29号令 31?",
        (_range("安全生产法", None, None, "按安全生产法", "as the Work Safety Law says"),),
        title=("装货人未查验（液体）", "loader did not check (liquids)"),
        note="Article and penalty from memory. Found where the loader is traced: no item leads here.",
    ),
    "CN-LOD-10": Row("carrier", "29号令 20; JT/T 617.6", (_range("危化条例 86(2)?", 50_000, 100_000),)),
    "CN-LOD-11": Row(
        "carrier",
        "29号令 18–19",
        title=("例外数量/有限数量货物无声明或报告", "no declaration or report for excepted or limited quantities"),
        note="Penalty article not known.",
    ),
    "CN-LOD-12": Row(
        "consignor",
        "危化条例 63; 公路安全保护条例 43; JT/T 617.5",
        (_range("危化条例 86(6)", 50_000, 100_000),),
    ),
    "CN-LOD-13": Row(
        "consignor",
        "危化条例 64",
        (_range("危化条例 87(4)", 100_000, 200_000, "没收违法所得", "illegal gain confiscated"),),
    ),
    "CN-LOD-14": Row("consignor", "", (_range("危化条例 87(1)", 100_000, 200_000),)),
    "CN-OPR-01": Row(
        "carrier",
        "道路运输条例 27; 29号令 44; 危化条例 48",
        (_range("危化条例 89(2)", 10_000, 50_000),),
    ),
    "CN-OPR-02": Row(
        "carrier", "危化条例 49; 29号令 49", (_range("危化条例 88(3)", 50_000, 100_000),), points="driver 6"
    ),
    "CN-OPR-03": Row(
        "driver",
        "道交法 48; 29号令 48",
        (_range("道交法 90", 20, 200, "警告或者罚款", "warning or fine"),),
        points="6",
    ),
    "CN-OPR-04": Row(
        "driver",
        "29号令 46",
        (
            _range("道交法 90", 20, 200),
            _range("道交法 99(4)", 200, 2_000, "超过50%，可以吊销驾驶证", "over 50 %, licence may be revoked"),
        ),
        points="expressway: 20 % or more 12, under 20 % 6; other roads: 50 % or more 9, 20 to 50 % 6, 10 to 20 % 1",
    ),
    "CN-OPR-05": Row(
        "driver",
        "实施条例 62(7); 道路运输条例 28",
        (_range("道交法 90", 20, 200),),
        points="9 for a dangerous-goods vehicle",
    ),
    "CN-OPR-06": Row("driver", "", (_range("道交法 92", 500, 2_000),)),
    "CN-OPR-07": Row(
        "carrier",
        "危化条例 48",
        (_range("危化条例 89(3)", 10_000, 50_000),),
        title=("剧毒/易制爆长时间停车不报告", "long stop with toxics or precursors not reported"),
    ),
    "CN-OPR-08": Row(
        "carrier",
        "危化条例 51",
        (_range("危化条例 89(4)", 10_000, 50_000),),
        title=("泄漏、被盗不采取措施/不报告", "leak or theft: no action, no report"),
        note="Toxic chemicals and precursors.",
    ),
    "CN-OPR-09": Row(
        "driver",
        "实施条例 62",
        (
            _range(
                "道交法 91",
                5_000,
                5_000,
                "饮酒驾驶营运机动车：拘留15日、吊销、5年内不得重新取得；醉驾：追究刑事责任、10年内不得重新取得",
                "drink-driving: 15 days, revoked, 5 years; drunk: criminal, 10 years",
            ),
        ),
        title=("酒后驾驶等", "drink-driving and the like"),
    ),
    "CN-EDU-01": Row(
        "company",
        "危化条例 45",
        (_range("安全生产法 97", None, None, "责令改正、教育；企业培训责任", "order, teach; company training"),),
        title=("从业人员不了解特性与处置", "crew do not know the hazard and what to do"),
    ),
    "CN-EDU-02": Row(
        "carrier",
        "29号令 25",
        (_range("29号令 60(3)?", 2_000, 5_000),),
        note="Article and range of the penalty from memory.",
    ),
    "CN-EDU-03": Row(
        "company",
        "",
        (
            _range("安全生产法 97", None, 100_000),
            _range(
                "安全生产法 97",
                100_000,
                200_000,
                "逾期未改正：停产停业整顿；责任人员2万元至5万元",
                "overdue: suspended; persons 20,000 to 50,000",
            ),
        ),
        title=("未教育培训/未如实记录", "no training, or not truly recorded"),
    ),
    "CN-EDU-04": Row(
        "company",
        "",
        (
            _range("安全生产法 101", None, 100_000),
            _range("安全生产法 101", 100_000, 200_000, "逾期未改正", "when overdue"),
        ),
        title=("未建立专门安全管理制度、未采取可靠措施", "no special safety rules or reliable measures"),
        note="Found in a check of the company: no item leads here.",
    ),
    "CN-EDU-05": Row(
        "company",
        "",
        (
            _range("危化条例 91(1)", None, 10_000, "可以处", "may be fined"),
            _range("危化条例 91(1)", 10_000, 50_000, "拒不改正的", "on refusal to correct"),
        ),
        title=("未配专职安全管理人员", "no full-time safety manager"),
    ),
}

# Where the source's English is too short to stand alone on a screen.
ENGLISH = {
    "CN-LIC-01": "dangerous goods carried without a licence",
    "CN-LIC-02": "carriage beyond the licensed scope",
    "CN-LIC-05": "vehicle permit not carried",
    "CN-LIC-07": "no carrier liability insurance",
    "CN-LIC-08": "no permit for highly toxic goods",
    "CN-LIC-13": "no hazardous-waste manifest",
    "CN-LIC-14": "hazardous waste moved without approval",
    "CN-PLA-01": "warning signs not displayed",
    "CN-PLA-02": "warning signs not to the national standard",
    "CN-TNK-02": "goods outside the tank's permitted media",
    "CN-TNK-05": "tank leaks, or no measures against leaks",
    "CN-TNK-06": "closures open during carriage",
    "CN-TNK-08": "vehicle not to the national standard (oversize tank included)",
    "CN-VEH-01": "vehicle defects",
    "CN-VEH-02": "unauthorised modification of the vehicle",
    "CN-VEH-03": "satellite terminal not fitted or not used",
    "CN-VEH-04": "safety inspection not done in time",
    "CN-VEH-05": "maintenance or testing not done",
    "CN-VEH-07": "scrapped or assembled vehicle in use",
    "CN-LOD-05": "weight differs from the waybill",
    "CN-LOD-06": "load above the approved mass",
    "CN-LOD-12": "packaging or labels not to standard",
    "CN-OPR-01": "no escort on board",
    "CN-OPR-02": "restricted zone entered",
    "CN-OPR-03": "approved time, route or speed not kept",
    "CN-OPR-05": "over four hours of driving without rest",
    "CN-OPR-06": "passengers carried against the rules",
}

# What a case of each violation needs (ours, not law; the kinds: law/evidence.yaml), beside what every case needs.
EVERY_CASE = "statement record officers"
_PERMIT = "paper waybill_read interview"
_PERSON = "paper crew_seen interview"
_ABSENT = "overall interview"
_SIGN = "overall closeup"
_TANK = "closeup paper"
_VALVE = "overall item video"
_KIT = "overall item"
_BILL = "paper waybill_read interview"
_MASS = "slip quantity paper"
_COMPANY = "paper interview inquiry"
_FILLER = "paper quantity inquiry interview"

EVIDENCE = {
    "CN-LIC-01": _PERMIT + " overall inquiry",
    "CN-LIC-02": _PERMIT + " overall inquiry",
    "CN-LIC-03": _PERSON + " inquiry",
    "CN-LIC-03b": _PERSON,
    "CN-LIC-04": _PERSON + " inquiry",
    "CN-LIC-05": _ABSENT,
    "CN-LIC-05b": _PERMIT + " inquiry",
    "CN-LIC-06": _PERSON + " inquiry",
    "CN-LIC-07": _COMPANY,
    "CN-LIC-08": _PERMIT + " overall inquiry",
    "CN-LIC-08b": _PERMIT,
    "CN-LIC-09": _PERMIT + " overall inquiry",
    "CN-LIC-10": _PERSON,
    "CN-LIC-11": _ABSENT,
    "CN-LIC-12": "paper inquiry",
    "CN-LIC-13": _PERMIT + " goods_known sampling inquiry",
    "CN-LIC-14": _PERMIT + " goods_known inquiry",
    "CN-PLA-01": _SIGN,
    "CN-PLA-02": _SIGN,
    "CN-PLA-03": _SIGN,
    "CN-TNK-01": _TANK,
    "CN-TNK-02": _TANK + " waybill_read goods_known",
    "CN-TNK-03": _TANK,
    "CN-TNK-03b": _TANK,
    "CN-TNK-04": _TANK + " appraisal inquiry",
    "CN-TNK-05": _VALVE + " scene_record",
    "CN-TNK-06": _VALVE,
    "CN-TNK-07": _TANK,
    "CN-TNK-08": _TANK + " quantity appraisal",
    "CN-TNK-09": "overall closeup",
    "CN-VEH-01": _KIT,
    "CN-VEH-02": "overall item paper",
    "CN-VEH-03": "readout terminal_read",
    "CN-VEH-04": "paper",
    "CN-VEH-05": "paper",
    "CN-VEH-06": "overall",
    "CN-VEH-07": "overall closeup paper",
    "CN-VEH-08": _TANK,
    "CN-EQP-01": _KIT,
    "CN-EQP-02": _KIT,
    "CN-LOD-01": _BILL,
    "CN-LOD-02": _ABSENT,
    "CN-LOD-03": _ABSENT,
    "CN-LOD-04": _BILL + " closeup goods_known sampling appraisal",
    "CN-LOD-05": _MASS + " waybill_read",
    "CN-LOD-06": _MASS,
    "CN-LOD-07": "slip weighed overall",
    "CN-LOD-08": _FILLER,
    "CN-LOD-09": _FILLER,
    "CN-LOD-09b": _COMPANY,
    "CN-LOD-10": "overall item goods_known waybill_read",
    "CN-LOD-11": "paper overall",
    "CN-LOD-12": "overall closeup",
    "CN-LOD-13": "overall item goods_known interview sampling",
    "CN-LOD-14": _BILL + " inquiry",
    "CN-OPR-01": "overall crew_seen interview",
    "CN-OPR-02": "overall place_known",
    "CN-OPR-03": "paper place_known",
    "CN-OPR-04": "readout speed_read",
    "CN-OPR-05": "readout hours_read interview",
    "CN-OPR-06": "overall crew_seen",
    "CN-OPR-07": "overall place_known interview",
    "CN-OPR-08": _VALVE + " scene_record interview",
    "CN-OPR-09": "readout crew_seen",
    "CN-EDU-01": "interview",
    "CN-EDU-02": _COMPANY,
    "CN-EDU-03": _COMPANY,
    "CN-EDU-04": _COMPANY,
    "CN-EDU-05": _COMPANY,
}
