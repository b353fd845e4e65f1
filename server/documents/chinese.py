"""Days, times, people and choices as official documents write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.law.clauses import numeral
from checklists.law.model import Term
from server.cases.casefile import Investigator
from server.cases.ends import moment

METHODS = {
    "in_hand": "直接送达",
    "left_with_witness": "留置送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "entrusted": "委托送达",
    "public_notice": "公告送达",
}
"""How a document is served (fields.METHODS)."""

GROUNDS = {
    "minor": "违法行为轻微并及时改正，没有造成危害后果",
    "first_offence": "初次违法且危害后果轻微并及时改正",
    "no_fault": "当事人有证据足以证明没有主观过错",
    "not_proven": "违法事实不能成立",
    "limitation": "违法行为超过行政处罚追责期限",
    "under_age": "当事人违法时不满十四周岁",
    "unsound_mind": "当事人在不能辨认或者不能控制自己行为时有违法行为",
    "same_act": "与其他违法行为属同一行为，不再另行处罚",
}
"""Why no penalty is given (fields.SPARED)."""

OBJECTS = {
    "vehicle": "车辆",
    "load": "所载货物",
    "licence": "许可证件",
    "place": "场所",
    "goods": "财物",
    "documents": "文件资料",
}
"""What a measure is about."""

SOURCES = {"record": "在行政检查中发现", "split": "在行政检查中发现", "handover": "有关部门移送"}
"""Where a case comes from (fact `source`)."""

KINDS = {
    "warning": "警告",
    "fine": "罚款",
    "confiscation": "没收违法所得、没收非法财物",
    "suspension": "暂扣许可证件",
    "revocation": "吊销许可证件",
    "closure": "责令停产停业",
    "downgrade": "降低资质等级",
}
"""Penalties without an amount of their own (fields.PENALTIES)."""

_UNITS = {"days": "日", "working_days": "个工作日", "hours": "小时", "months": "个月", "years": "年"}


def day_words(said: str | date) -> str:
    """Return the day of a day or a time: 2026年11月28日; nothing of nothing."""
    if not said:
        return ""
    held = moment(said) if isinstance(said, str) else said
    day = held.astimezone(LAW_ZONE).date() if isinstance(held, datetime) else held
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(said: str | datetime) -> str:
    """Return a time as 2026年11月28日10时05分; a day alone stays one."""
    held = moment(said) if isinstance(said, str) and said else said
    if not isinstance(held, datetime):
        return day_words(held) if held else ""
    at = held.astimezone(LAW_ZONE)
    return f"{day_words(at)}{at.hour}时{at.minute:02d}分"


def term_words(term: Term | None) -> str:
    """Return a term in words: 十五日, 五个工作日; a line to write on where the law names no number."""
    if term is None or term.amount is None or not term.verified:
        return "____日"
    return f"{numeral(term.amount).replace('二个', '两个')}{_UNITS.get(term.unit, '日')}"


def people_words(people: Iterable[Investigator]) -> str:
    """Return people with the numbers of their cards."""
    return "、".join(f"{one.name}（执法证号：{one.card or '____'}）" for one in people)


def rows_people(rows: Any) -> str:
    """Return people as an event names them."""
    held: Iterable[Mapping[str, Any]] = rows or ()
    return people_words(Investigator("", str(one.get("name") or ""), str(one.get("card") or "")) for one in held)


def numbered(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts with their numbers; a single one has none."""
    held = tuple(one for one in texts if one)
    return held if len(held) < 2 else tuple(f"{number}. {one}" for number, one in enumerate(held, start=1))


def sex_and_age(number: str, today: date) -> tuple[str, str]:
    """Return sex and age by an identity number of 18 digits; nothing where it is none."""
    if len(number) != 18 or not number[:17].isdigit():
        return "", ""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "", ""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return ("男" if int(number[16]) % 2 else "女"), (str(age) if 0 <= age <= 150 else "")
