"""What the EU form and its annex of infringements leave open: hand-kept, keyed by item or infringement number.

Which infringement an item may lead to, who answers for it, and the words of what is done at an item are our reading.
"""

from __future__ import annotations

SECTIONS = {
    "check": ("CHK", "检查", "Check"),
    "vehicle and load": ("VEH", "车辆与货物", "Vehicle and load"),
    "documents": ("DOC", "随车单证", "Documents"),
    "transport operation": ("OPS", "运输作业", "Transport operation"),
    "equipment": ("EQP", "车辆装备", "Equipment"),
    "result": ("RES", "结果", "Result"),
}
"""The sections of the form: id, Chinese and English title."""

PREFIX = {"2022/1999": "EU", "2025/1801": "EU25"}
"""What the item ids of an edition begin with: the numbers mean other things in each."""

INFRINGEMENTS = {
    "2022/1999": {
        13: "I-16 I-14 III-02", 14: "II-11", 16: "I-05", 17: "I-17 III-03", 18: "I-01", 19: "I-05 I-06 II-01 II-02",
        20: "I-03 I-04 I-08 I-09 I-12 I-13 II-02 II-07 II-08 II-09", 21: "I-11", 22: "I-10 I-18 I-19 II-12",
        23: "I-02 II-06", 24: "I-07 II-05", 25: "II-10 III-01", 26: "I-15 II-10 III-01", 27: "I-15 II-10 III-01",
        28: "II-04", 29: "II-04", 30: "II-04", 31: "II-03",
    },
    "2025/1801": {12: "I-16 I-14 III-02", 13: "II-11", 14: "I-05", 15: "I-17 III-03", 16: "I-01", 17: "I-03"},
}  # fmt: skip
"""By edition and item: the infringements that it may lead to, the gravest first."""

NO_CATEGORY = {
    ("2022/1999", 15): "The list of infringements that we have names none for a missing agreement; what follows is "
    "found at item 18 or 20.",
}

WHEN = {
    ("2022/1999", 5): {"trailer": ["yes"]},
    ("2022/1999", 25): {"containment": ["packages"]},
}
"""Applicability that the title itself states."""

CHOICES = {
    ("2022/1999", 11): (("yes", "是", "yes"), ("no", "否", "no")),
    ("2022/1999", 12): (("bulk", "散装", "bulk"), ("packages", "包件", "packages"), ("tank", "罐装", "tank")),
    ("2022/1999", 39): (("I", "I 类", "I"), ("II", "II 类", "II"), ("III", "III 类", "III"), ("none", "无", "none")),
    ("2025/1801", 11): (
        *(("bulk", "散装", "bulk"), ("tank", "罐装", "tank"), ("packages", "包件", "package")),
        ("memu", "移动式爆炸品制造单元", "MEMU"),
    ),
}

INPUT = {"yes/no": "choice", "I / II / III": "choice", "yes/no + section": "text"}
"""Inputs of the form that are not named as ours."""

SUBJECT = {
    "packaging": "consignor", "load": "loader", "document": "carrier", "driver": "carrier", "conduct": "driver",
    "goods": "carrier", "leak": "carrier", "containment": "carrier", "vehicle": "carrier", "equipment": "carrier",
    "marking": "carrier",
}  # fmt: skip
"""Who answers, by topic."""

FILLER = frozenset({"EU-I-12"})
"""Infringements for which the filler answers."""

LOOK = {
    "status": ("已检查、违规或不适用", "checked, infringement, or not applicable"),
    "visible": ("仅检查可见的违规", "visible infringements only"),
    "text": ("如实填写", "write down"),
    "date": ("填写日期", "write down the day"),
    "time": ("填写时间", "write down the time"),
    "number": ("填写数值", "write down the figure"),
    "choice": ("选择一项", "choose one"),
}

MEASURES = {"I": "EU-STOP", "II": "EU-TRIP", "III": "EU-LATER"}
"""By risk category: the code of its measure."""
