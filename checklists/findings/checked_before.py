"""Whether the vehicle that stands here was checked clean a little while ago, and may be met by a short check. Pure.

It recommends and never forbids. Whatever speaks against the vehicle now goes first: a stop order, a hold, an entry of
the watch list, anything found, another trailer or tank, a load that nobody knows. Some are drawn for a whole check all
the same; the draw rests on the earlier check, so that nobody here can try again until it falls conveniently, and on
nothing that is printed on a paper, so that nobody on the road can know it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from checklists.definitions.definition import CheckedBefore, Checklist
from checklists.facts.earlier import CLOCKS_DIFFER, UNITS, Earlier
from checklists.findings.finding import Assessment
from checklists.findings.tiers import tier
from checklists.rules.earlier import roles, sure
from checklists.rules.order_keys import keys
from checklists.values import frozen

AGAINST = ("orders", "watched", "found", "tier", "load")
"""Why a whole check is made although a clean one was made before; words: `words.AGAINST_SHORT`."""

_BEARABLE = ("labels", "past", "stale")
"""Reasons for a tier that were as they are when the vehicle was checked clean."""


@frozen
class Before:
    """A clean check of this vehicle: when, where, by whom; `against` says why a whole check is made again.

    `number` is that of the pass which was read here, empty where the check is known from the office's feed.
    """

    at: datetime
    site: str = ""
    agencies: tuple[str, ...] = ()
    label: str = ""
    number: str = ""
    against: tuple[str, ...] = ()
    drawn: bool = False

    @property
    def short(self) -> bool:
        """Whether the short check is recommended."""
        return not self.against and not self.drawn


@frozen
class Pass:
    """A pass that was read here and proven genuine, of this vehicle and in time: of when, and by which tablet.

    It is of a check by a whole list. `record` is the digest of its record, `goods` are UN numbers,
    `trailer` a folded plate, empty for none.
    """

    number: str
    at: datetime
    record: str
    agency: str = ""
    label: str = ""
    goods: tuple[str, ...] = ()
    trailer: str = ""


def checked_before(
    assessment: Assessment,
    rule: CheckedBefore,
    checklists: Mapping[str, Checklist],
    *,
    passes: Collection[Pass] = (),
    watched: bool = False,
) -> Before | None:
    """Return the latest clean check of all that stands here, with what speaks against a short one now.

    None where there is none within the rule's hours: the usual proposal stands. A check by a short list is none, so
    that no vehicle goes on from one short check to the next.
    """
    at = assessment.situation.at
    found = [
        *(_of_check(one) for one in assessment.situation.history or () if _is_clean(one, assessment, checklists)),
        *(_of_pass(one) for one in passes if _is_same(one, assessment)),
    ]
    fresh = [one for one in found if -CLOCKS_DIFFER <= at - one[0].at <= timedelta(hours=rule.clean_hours)]
    if not rule.clean_hours or not fresh:
        return None
    before, seed = max(fresh, key=lambda one: one[0].at)
    against = tuple(_against(assessment, watched=watched))
    return replace(before, against=against, drawn=is_drawn(seed, rule))


def _of_check(one: Earlier) -> tuple[Before, str]:
    return Before(one.at, one.site, one.agencies, one.label), one.inspection


def _of_pass(one: Pass) -> tuple[Before, str]:
    return Before(one.at, agencies=(one.agency,) if one.agency else (), label=one.label, number=one.number), one.record


def _is_clean(one: Earlier, assessment: Assessment, checklists: Mapping[str, Checklist]) -> bool:
    """Whether a check by a whole list found nothing on everything that stands here on wheels."""
    nothing = one.outcome == "release" and not one.outcome_before and not one.severity and not one.violations
    by = checklists.get(one.checklist)
    whole = by is not None and not by.based_on
    now = assessment.situation
    return nothing and whole and sure(now, one) and _units(assessment) <= set(roles(now, one))


def _units(assessment: Assessment) -> set[str]:
    """Return what stands here on wheels; the vehicle always does."""
    known = keys(assessment.situation)
    return {"vehicle", *(unit for unit in UNITS if known[unit])}


def _is_same(one: Pass, assessment: Assessment) -> bool:
    """Whether trailer and goods of the waybill are those of the pass; one that names none cannot be compared."""
    bill = assessment.situation.waybill
    here = {line.un for line in (bill.lines if bill else None) or () if line.un}
    trailers = keys(assessment.situation)["trailer"]
    return here == set(one.goods) and (one.trailer in trailers if one.trailer else not trailers)


def _against(assessment: Assessment, *, watched: bool) -> list[str]:
    cases = {(one.result.rule, one.result.case) for one in assessment.alerts}
    now = tier(assessment)
    codes = {one.code for one in now.reasons}
    told = (
        ("orders", any(rule == "R17" for rule, _case in cases)),
        ("watched", watched),
        ("found", bool(assessment.findings or assessment.conflicts) or any(rule != "R17" for rule, _case in cases)),
        ("load", "unknown_load" in codes),
        ("tier", now.level == "high" or bool(codes - {*_BEARABLE, "unknown_load", "conflicts", "stop_order", "held"})),
    )
    return [code for code, holds in told if holds]


def is_drawn(seed: str, rule: CheckedBefore) -> bool:
    """Whether a whole check is made all the same after the earlier one of this id (or pass of this record)."""
    chance = int.from_bytes(sha256(f"{seed}/again".encode()).digest()[:8], "big")
    return chance % 100 < rule.full_per_hundred
