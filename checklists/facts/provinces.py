"""The province that a place's text names, where it begins with one. Names of the division codes of GB/T 2260."""

from __future__ import annotations

from checklists.patterns import pattern

_NAMED = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 "
    "广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 台湾 香港 澳门"
)
_PLACE = pattern(rf"(?:中国)?({'|'.join(_NAMED.split())})(?![区县州路街道镇乡村桥大藏])")
"""A province at the beginning; 河北区, 海南州 and 山东路 are places inside another one."""


def province(text: str | None) -> str | None:
    """Return the province that a text such as `河北省石家庄市` begins with, by its short name, or None."""
    found = _PLACE.match("".join((text or "").split()))
    return found[1] if found else None
