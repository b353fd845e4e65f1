"""That this vehicle was checked clean a little while ago, and whether a short check is enough now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.definitions.citation import agency_short
from checklists.findings.checked_before import Before
from checklists.wire import instant
from mobile.inspecting.inspection import Held
from mobile.screens.shared.ages import age_words
from mobile.words import _, n_, words


@dataclass(frozen=True)
class BeforeCard:
    """When, where and by whom it was checked clean, what is recommended now and why; `short`: a short check."""

    title: str
    advice: str
    source: str
    short: bool


def before_card(held: Held, before: Before | None, now: datetime) -> BeforeCard | None:
    """Return the card; None where there was no clean check within the hours."""
    if before is None:
        return None
    agencies = "、".join(agency_short(held.kit.definitions, one, words.lang) for one in before.agencies)
    where = " · ".join(part for part in (before.site, before.label, agencies) if part)
    age = age_words(instant(before.at), now)
    known = _("pass {number}").format(number=before.number) if before.number else _("the office's list of checks")
    return BeforeCard(
        _("Checked clean, {age}: {where}").format(age=age, where=where or known), _advice(before), _source(held, known),
        before.short,
    )  # fmt: skip


def _advice(before: Before) -> str:
    if before.against:
        why = "、".join(_(kernel.AGAINST_SHORT[one]) for one in before.against)
        return _("Check in full: {why}").format(why=why)
    if before.drawn:
        return _("Drawn by chance for a full check: nobody here chose it.")
    return _("Recommended: quick check, and release if nothing is seen.")


def _source(held: Held, known: str) -> str:
    rule = held.kit.definitions.checked_before
    hours = n_("within {n} hour", "within {n} hours", rule.clean_hours)
    doubt = "" if rule.verified else _("own rule, to be verified")
    return " · ".join(part for part in (known, hours, doubt) if part)
