"""What the joint checklist's source table has only as prose: hand-kept, keyed by item id.

Citations are written as `law clause, clause; law@version clause`, laws by their short names; `?` at the end of a clause
marks a number that was not read, a law without a clause one whose article is not known.
"""

from __future__ import annotations

SECTIONS = (
    ("LIC", ("LIC",), "证件", "Licences"),
    ("PLA", ("PLA",), "车辆标志", "Placards and signs"),
    ("TNK", ("TNK", "VEH"), "罐体与车辆", "Tank and vehicle"),
    ("EQP", ("EQP",), "应急器材", "Leak and emergency kit"),
    ("LOD", ("LOD",), "装载与运单", "Load and waybill"),
    ("OPR", ("OPR",), "行驶", "Operation"),
    ("EDU", ("EDU",), "安全教育", "Safety education"),
)

OPTIONAL = frozenset(
    ("LIC-08", "PLA-03", "PLA-06", "PLA-07", "PLA-09", "VEH-02", "VEH-05", "EQP-15", "LOD-14", "EDU-02")
)

# Limited and excepted quantities travel as ordinary goods and skip the sections B to F of the source, and of section A
# and G what is asked of dangerous goods alone. What every lorry is asked (its own papers and state, mass, hours, the
# driver's fitness: 道交法, GB 7258, 道路运输条例), what is asked of ordinary goods (LOD-12) and of limited quantities
# themselves (LIC-18, LOD-11, 29号令 20), and waste stay.
FULL_QUANTITY_ONLY = ("PLA", "TNK", "VEH", "EQP", "LOD", "OPR")
ALSO_FULL_ONLY = frozenset(
    ["LIC-05", "LIC-08", "LIC-09", "LIC-10", "LIC-11", "LIC-13", "LIC-14", "LIC-15", "EDU-02", "EDU-03"]
)
ANY_QUANTITY = frozenset(
    (
        *("PLA-09", "TNK-13", "VEH-02", "VEH-03", "VEH-04", "OPR-04", "OPR-08"),
        *("LOD-05", "LOD-06", "LOD-07", "LOD-11", "LOD-12", "LOD-13", "LOD-14"),
    )
)

DUTY_HOLDER = {"LIC-15": "carrier", "PLA-07": "carrier", "EDU-04": "officer"}

_TANK = {"containment": ["tank"]}
_EXPLOSIVE = ["1", "1.4", "1.5", "1.6"]
_SPILL = ["3", "4.1", "4.3", "8", "9", "9A"]
_NOT_EXPLOSIVE_NOR_GAS = ["3", "4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7", "7X", "7E", "8", "9", "9A"]

WHEN: dict[str, dict[str, list[str]]] = {
    "LIC-07": {"trailer": ["yes"]},
    "LIC-11": {"loaded": ["loaded", "uncleaned"]},
    "LIC-14": {"highly_toxic": ["yes"]},
    "LIC-15": {"class": ["1", "7"]},
    "LIC-16": {"hazardous_waste": ["yes"]},
    "LIC-17": {"hazardous_waste": ["yes"], "crosses_province": ["yes"]},
    "LIC-18": {"quantity": ["limited", "excepted"]},
    "PLA-03": {"small_vehicle": ["yes"]},
    "PLA-04": {"special_plate": ["yes"]},
    "PLA-06": _TANK,
    "PLA-07": {"made_before_2025_04": ["yes"]},
    "PLA-08": {"safety_board": ["yes"]},
    "PLA-09": {"heavy": ["yes"]},
    "PLA-10": {"containment": ["packages"]},
    "TNK-01": _TANK,
    "TNK-02": {**_TANK, "tank_kind": ["atmospheric"]},
    "TNK-03": {**_TANK, "tank_kind": ["pressure"]},
    "TNK-04": _TANK,
    "TNK-05": _TANK,
    "TNK-06": _TANK,
    "TNK-07": {**_TANK, "outlet": ["bottom"]},
    "TNK-08": _TANK,
    "TNK-09": _TANK,
    "TNK-10": {**_TANK, "labels": ["2.1", "3"]},
    "TNK-11": {"labels": [*_EXPLOSIVE, "2.1", "3"]},
    "TNK-12": _TANK,
    "TNK-14": {"tank_fixed": ["no"]},
    "VEH-02": {"heavy_or_tractor": ["yes"]},
    "VEH-05": {"size_limited_goods": ["yes"]},
    "EQP-05": {"labels": _NOT_EXPLOSIVE_NOR_GAS},
    "EQP-10": {"labels": ["2.3", "6.1"]},
    "EQP-11": {"labels": _SPILL},
    "EQP-12": {"labels": _SPILL},
    "EQP-13": {"labels": _SPILL},
    "EQP-14": _TANK,
    "LOD-09": _TANK,
    "LOD-11": {"several_goods": ["yes"]},
    "LOD-12": {"declared": ["ordinary"]},
    "LOD-13": {"containment": ["packages"]},
    "OPR-02": {"route_permit": ["yes"]},
    "OPR-05": {"stopped": ["yes"]},
    "OPR-06": {"restricted_goods": ["yes"]},
    "OPR-07": {"incident": ["yes"]},
    "EDU-02": _TANK,
    "EDU-05": {"case_opened": ["yes"]},
}

# Where the table's basis cell is more than a list of laws and clauses.
BASIS = {
    "LIC-08": "道路危货规定",
    "LIC-12": "从业人员规定@2006 45(2)?",
    "LIC-16": "29号令 24; 固废法 82; 法典 536",
    "LIC-17": "固废法 82; 法典 536",
    "PLA-01": "GB 13392-2023 附录B、附录C; 29号令 44; 危化条例 47",
    "PLA-02": "GB 13392-2023 4.2.1, 附录A",
    "PLA-06": "GB 13392-2023 附录C?",
    "PLA-07": "GB 13392-2023",
    "TNK-01": "道路危货规定; GB 18564.1; GB 18564.2",
    "TNK-07": "MIIT 2012; GB 18564.1",
    "TNK-11": "GB 7258; GB 21668",
    "TNK-14": "道路危货规定@2016 No. 36 23?; 道路危货规定@2026-02",
    "VEH-04": "道交法 14; 道路危货规定@2016 No. 36 23?; 道路危货规定@2026-02",
    "VEH-05": "道路危货规定 8?",
    "EQP-14": "危化条例 45",
    "LOD-04": "29号令 22–24?",
    "LOD-05": "29号令 24?",
    "LOD-08": "29号令 22; 道路危货规定@2023-11-10 55(1); 道路危货规定@2026-02",
    "LOD-09": "29号令; TSG R0005; GB 18564.1; GB 18564.2",
    "LOD-10": "29号令 31?; 特设法 49, 85",
    "EDU-02": "29号令; JT/T 617.7",
    "EDU-04": "",
}

NOTE = {
    "LIC-12": "No clause of its own was found; the clause of the violation stands in, numbering of 2006.",
    "PLA-03": "Which vehicles are small enough is not verified.",
    "PLA-01": "Positions are not verified.",
    "PLA-07": "Information only: a missing lamp is no fault under GB 13392-2023; the transition rule is not verified.",
    "LIC-15": "Duty holder is our reading of 29号令 48.",
    "LOD-05": "The match of clause and conduct is not verified.",
    "EDU-04": "Done by the team; nobody's fault when it is missing.",
}

LOOK_EN = {
    "EQP-01": "number and capacity by the largest permitted mass of the unit",
    "LIC-01": "plate, VIN, type, owner, approved load or towing mass match the vehicle; carried",
    "LIC-09": "category dangerous-goods driver (own category for explosives and toxics); valid; same person",
    "TNK-12": "volume × density vs approved load; plate vs licence",
    "EQP-09": "one for each crew member",
    "EQP-12": "carried on board",
    "LOD-10": "loader's name, record, check of the five points",
}

LOOK_ZH = {
    "LIC-01": "号牌、车架号、车型、所有人、核定载质量/准牵引总质量与实车相符；随车携带",
    "LIC-02": "有效，准驾车型相符，人像一致，未被暂扣",
    "LIC-03": "货车10年以内每年检验，10年以上每6个月检验",
    "LIC-04": "保单或电子标志有效，牵引车、挂车都要有",
    "LIC-05": "本次货物的类别、项别在许可范围内；未过期",
    "LIC-06": "证号、号牌、危险货物类别、有效期；随车携带",
    "LIC-07": "同LIC-06；类别与罐体相符",
    "LIC-08": "12个月内有审验章或电子审验记录",
    "LIC-09": "类别为“道路危险货物运输驾驶员”（爆炸品、剧毒品另有类别）；有效；人证一致",
    "LIC-10": "类别、有效期、人证一致，随身携带",
    "LIC-11": "驾驶员以外的人员，在车上，能看管货物",
    "LIC-12": "身份证、驾驶证、从业资格证与运单上的姓名为同一人",
    "LIC-13": "本车/本企业保单在有效期内",
    "LIC-14": "随车携带；车辆、驾驶员、押运员、装载量、路线、时间与实际相符",
    "LIC-15": "随车携带许可证，路线和时间相符",
    "LIC-16": "纸质或电子；废物代码、重量、移出人、接受人与实际相符",
    "LIC-17": "批准文号、有效期",
    "LIC-18": "随车携带；例外数量不超过1000个包件、有限数量总质量不超过8000千克的，可按普通货物运输",
    "PLA-01": "类别图形与运单上的类别和次要危险性一致；尺寸型式（标准/缩小/放大）正确；两侧和后部",
    "PLA-02": "上为危险性识别号，下为UN编号；与运单一致",
    "PLA-03": "仅在标准允许时使用",
    "PLA-04": "物质要求时应悬挂",
    "PLA-05": "不褪色、不折叠、不脏污、不遮挡",
    "PLA-06": "换装后拆除旧UN编号牌；罐体未清洗时保留",
    "PLA-07": "仅作提示：按2023版标准，没有标志灯不算违规",
    "PLA-08": "GB 20300规定的标示牌：品名、类别、净质量、应急电话",
    "PLA-09": "齐全、清洁、无缺口",
    "PLA-10": "UN编号、类别标签、方向箭头",
    "TNK-01": "报告/合格证编号、罐体编号、下次检验日期",
    "TNK-02": "列表中有本次的UN编号/品名",
    "TNK-03": "登记证、介质、下次检验日期",
    "TNK-04": "清晰；容积、最大质量、介质、制造日期、罐体编号与证件一致",
    "TNK-05": "绕车一周，看焊缝、罐底、支座",
    "TNK-06": "运输中各关闭装置均关闭；盖帽齐全",
    "TNK-07": "罐体根部第一道阀；行驶中关闭；远程/拉手装置有效",
    "TNK-08": "准确、动作灵活、铅封完好、校验日期",
    "TNK-09": "关闭，螺栓齐全，密封垫完好",
    "TNK-10": "接地，接地点清洁",
    "TNK-11": "已安装，排气口在货物前方",
    "TNK-12": "容积×密度对照核定载质量；铭牌对照行驶证",
    "TNK-13": "与照片、公告、行驶证对照",
    "TNK-14": "只允许使用罐式集装箱",
    "VEH-01": "通电，最近定位不超过10分钟，驾驶员已登录",
    "VEH-02": "工作正常；读取车速和驾驶时间",
    "VEH-03": "花纹深度、鼓包、渗漏、灯光",
    "VEH-04": "报废车；货车列车；倾卸车只可运散装硫磺、萘、煤焦沥青等",
    "VEH-05": "罐体容积：剧毒不超过10立方米，爆炸、强腐蚀不超过20立方米；非罐式不超过10吨；罐式集装箱除外",
    "EQP-01": "按最大允许质量查配备表",
    "EQP-02": "压力指针在绿区，铅封完好，在有效期内，支架牢固",
    "EQP-03": "每车至少一个（牵引车、挂车各一个），与车轮相配",
    "EQP-04": "2个",
    "EQP-05": "未开封，在有效期内",
    "EQP-06": "每名车组人员一件",
    "EQP-07": "能用；表面不产生火花",
    "EQP-08": "适合所运物质",
    "EQP-09": "每名车组人员一副",
    "EQP-10": "滤罐型号，在有效期内，密封完好",
    "EQP-11": "第3类货物用的应不产生火花",
    "EQP-12": "随车配备",
    "EQP-13": "适合所运物质",
    "EQP-14": "木楔、胶带、防酸手套、与货物相适应的中和剂/吸附材料",
    "EQP-15": "能用",
    "EQP-16": "在驾驶室内，与货物相符，驾押人员熟悉内容",
    "LOD-01": "纸质或电子；一车一次一单",
    "LOD-02": "编号、二维码、日期、路线、状态；未重复使用",
    "LOD-03": "号牌、道路运输证号、驾驶员、押运员",
    "LOD-04": "UN编号、品名、类别、包装类别与标志牌、标签、气味颜色对照，必要时电话询问托运人",
    "LOD-05": "过磅或液位×密度，与运单对照",
    "LOD-06": "净重与行驶证对照",
    "LOD-07": "六轴车总质量不超过49吨等",
    "LOD-08": "许可证、道路运输证上的范围与货物类别对照",
    "LOD-09": "液位/压力表与铭牌最大充装质量对照；留有气相空间",
    "LOD-10": "装货人名称、记录、五项查验（“五必查”）",
    "LOD-11": "有限数量货物不得与爆炸品混装；其他按JT/T 617.6的表",
    "LOD-12": "可疑货物开箱（交通执法可以开箱检查）",
    "LOD-13": "渗漏、挤压、绑扎、气瓶直立/入笼",
    "LOD-14": "只有驾押人员",
    "OPR-01": "本地限行区域、时段、节假日清单；通行证",
    "OPR-02": "与许可对照",
    "OPR-03": "看本次行程的记录仪/平台数据",
    "OPR-04": "看记录仪、平台，是否有第二驾驶员",
    "OPR-05": "采取安全措施；剧毒、易制爆已向公安报告",
    "OPR-06": "已绕行，或已报告并有监护",
    "OPR-07": "已采取措施，已拨打110/119/12350",
    "OPR-08": "酒精检测、体征",
    "EDU-01": "结合安全卡口头提问3至5题",
    "EDU-02": "简短演示",
    "EDU-03": "有记录、已签字、为当日",
    "EDU-04": "主题、资料、时间、姓名、签字/照片",
    "EDU-05": "数日内向企业调取",
}
