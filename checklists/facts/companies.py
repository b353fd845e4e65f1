"""Whether two descriptions of a company are one: the same, may be, or certainly different.

A company is its credit code. Names decide where a code is missing or cannot be one: what is written short, a branch of
the other, or no whole name of a company may be the other.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from checklists.facts.identifiers.companies import check_uscc
from checklists.facts.identifiers.keys import number_key
from checklists.facts.identifiers.likeness import DIFFERENT, MAY_BE, SAME, Likeness, compare, one_slip
from checklists.facts.identifiers.masks import ANY, fits, masked_name
from checklists.facts.situation import Situation
from checklists.facts.texts import is_unseen
from checklists.patterns import pattern
from checklists.values import frozen

_KIND = pattern("(?:(?:股份|集团|有限|责任|无限|总|分|子)*公司|合伙企业|个体工商户|合作社|车队|厂|站|部|店)+$")
"""What ends the whole name of a company."""
_JOINED = pattern("有限责任公司|股份有限公司")
_LONG = 6
"""Of names so long, two that differ in one sign are one mistyped, rather than two companies'."""


@frozen
class Company:
    """A company as a paper or a registry describes it."""

    name: str = ""
    uscc: str = ""


def compare_companies(one: Company, other: Company) -> Likeness:
    """Compare two descriptions: the code first, then the name; a branch has a code of its own."""
    names = compare_company_names(one.name, other.name)
    codes = compare("uscc", one.uscc, other.uscc)
    if codes == SAME and number_key(one.uscc):
        return SAME
    if codes == DIFFERENT and check_uscc(one.uscc).ok and check_uscc(other.uscc).ok:
        return DIFFERENT if names == DIFFERENT or not (one.name and other.name) else MAY_BE
    return MAY_BE if names == SAME and codes == DIFFERENT else names


def compare_company_names(one: str, other: str) -> Likeness:
    """Compare two names: without signs and spaces; 有限责任公司 is 有限公司."""
    first, second = _key(one), _key(other)
    if not first or not second:
        return MAY_BE
    if ANY in masked_name(first) or ANY in masked_name(second):
        return MAY_BE if fits(masked_name(first), masked_name(second)) else DIFFERENT
    if first == second:
        return SAME
    if not (_KIND.search(first) and _KIND.search(second)):
        return MAY_BE
    long = min(len(_KIND.sub("", one)) for one in (first, second)) >= _LONG
    return MAY_BE if _is_short(first, second) or (long and one_slip(first, second)) else DIFFERENT


def carrier_of(situation: Situation) -> Company:
    """Return the carrier: as the office knows it, else as the vehicle's, else as the waybill's, and never mixed.

    A name or code that is missing is taken from the next only where that has the same name, or one of them is written
    short; a branch has a code of its own.
    """
    bill, vehicle, held = situation.waybill, situation.vehicle, Company()
    known = (
        Company(situation.carrier.name or "", situation.carrier.uscc or ""),
        Company(vehicle.carrier or "", vehicle.carrier_uscc or ""),
        Company((bill and bill.carrier) or "", (bill and bill.carrier_uscc) or ""),
    )
    for one in known:
        if compare_companies(held, one) != DIFFERENT and _is_called_so(_key(held.name), _key(one.name)):
            held = Company(held.name or one.name, held.uscc or one.uscc)
    return held


@lru_cache(maxsize=2048)
def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).upper()
    plain = "".join(one for one in plain if (one.isalnum() or one in "*×") and not is_unseen(one))
    return _JOINED.sub("有限公司", plain)


def _is_called_so(one: str, other: str) -> bool:
    whole = bool(_KIND.search(one) and _KIND.search(other))
    return one == other or (not whole and _is_short(one, other))


def _is_short(one: str, other: str) -> bool:
    """Whether the signs of a name, or none, stand in the other in their order: 路安危运 in 鄂尔多斯市路安危货运输."""
    shorter, longer = sorted((_KIND.sub("", one), _KIND.sub("", other)), key=len)
    rest = iter(longer)
    return all(sign in rest for sign in shorter)
