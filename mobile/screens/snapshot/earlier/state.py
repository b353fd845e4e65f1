"""What the snapshot says of earlier checks: the holds in force on top, then each check, clean ones too. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from checklists import words as kernel
from checklists.definitions.citation import agency_short
from checklists.facts.earlier import HOLDING, Earlier, lifted_by
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.situation import Situation
from checklists.findings.finding import Alert
from checklists.law.model import violation_on
from checklists.rules.earlier import HELD, numbers, roles, standing, subject
from checklists.wire import instant
from checklists.zone import in_law_zone
from mobile.inspecting.inspection import Held
from mobile.screens.shared.ages import age_words, day_words
from mobile.words import _, n_, words

MOST_UNITS, MOST_OTHERS, MOST_NAMED = 4, 2, 2
"""So many checks of what stands here are shown, of other vehicles of driver and carrier, and violations of each."""


@dataclass(frozen=True)
class EarlierLine:
    """A check: when, what came of it, where and by whom.

    `tone` says whether it holds (danger), something of it is left open (unknown), or neither.
    """

    id: str
    when: str
    what: str
    where: str
    tone: str


@dataclass(frozen=True)
class HoldCard:
    """A hold in force: the check, what it held, what it found, what to look at here.

    `lifts` says who may let it go and how; `here` that this tablet sealed the check, so that it is done on its record.
    """

    id: str
    title: str
    where: str
    against: str
    found: str
    look: str
    lifts: str = ""
    here: bool = False


@dataclass(frozen=True)
class EarlierState:
    """The card. `brief` is its one line, `source` says whose data it is and how old; `empty` why there is no line."""

    brief: str
    source: str
    lines: tuple[EarlierLine, ...]
    more: str
    empty: str


def earlier_state(held: Held, now: datetime) -> EarlierState:
    """Return the earlier checks of an inspection, those of vehicle, trailer and tank before those of people."""
    situation = held.assessment.situation
    checks, source = situation.history, situation.source("history")
    if checks is None:
        return EarlierState("", "", (), "", _("Earlier checks: this tablet was given none, not known"))
    age = age_words(instant(source.as_of), now) if source and source.as_of else ""
    own = [one for one in checks if roles(situation, one)]
    others = [one for one in checks if not roles(situation, one)]
    shown = [*own[:MOST_UNITS], *others[:MOST_OTHERS]]
    stopping = {one.inspection for one in standing(situation)}
    lines = tuple(_line(held, one, checks, now, holds=one.inspection in stopping) for one in shown)
    left = len(checks) - len(shown)
    return EarlierState(
        _brief(len(checks), shown[0], now) if shown else "",
        _("office and this tablet, {age}").format(age=age) if age else _("office and this tablet"),
        lines,
        n_("and {n} more", "and {n} more", left) if left else "",
        "" if checks else _("No earlier check is known"),
    )


def _brief(many: int, newest: Earlier, now: datetime) -> str:
    said = n_("{n} earlier check", "{n} earlier checks", many)
    found = n_("{n} found", "{n} found", len(newest.counted)) if newest.counted else _("nothing found")
    if left := newest.unverified:
        found = f"{found} · {_not_verified(len(left))}"
    return _("{many}: {newest}").format(many=said, newest=f"{_age(newest, now)} · {found}")


def hold_cards(held: Held, now: datetime, sealed_here: Container[str] = ()) -> tuple[HoldCard, ...]:
    """Return the holds that stand and that nobody set aside; `sealed_here` are the inspections of this tablet."""
    alerts = {one.result.subject: one for one in held.assessment.alerts if one.result.case == HELD}
    found = ((one, alerts.get(subject(one))) for one in standing(held.assessment.situation))
    cards = ((_card(held, one, alert, now), one) for one, alert in found if alert is not None)
    return tuple(
        replace(card, here=one.inspection in sealed_here, lifts=_lifts(held, one, here=one.inspection in sealed_here))
        for card, one in cards
    )


def _lifts(held: Held, check: Earlier, *, here: bool) -> str:
    """Return who may lift a hold: this record, a check here by an agency that took part in it, or nobody here."""
    if here:
        return _("Sealed on this tablet: it can be let go on its own record.")
    if held.officer.agency in check.agencies:
        return _("Your agency took part: a check here that lets it go lifts the hold, with the leader's PIN.")
    agencies = "、".join(agency_short(held.kit.definitions, one, words.lang) for one in check.agencies)
    return _("Only {agencies} may lift it: ask there.").format(agencies=agencies or check.label or "—")


def _card(held: Held, check: Earlier, alert: Alert, now: datetime) -> HoldCard:
    outcome = _(kernel.OUTCOMES.get(check.outcome, check.outcome))
    units = "、".join(f"{_(kernel.UNITS[role])} {_number(check.about[role])}" for role in roles(_now(held), check))
    return HoldCard(
        check.inspection,
        words.pick(alert.text),
        " · ".join(one for one in (*_place(held, check), _moment(check, now)) if one),
        f"{units} · {outcome}",
        _found(held, check),
        _("Compare plate, colour, trailer and tank, and whether it was put right: what is seen here counts."),
    )


def _now(held: Held) -> Situation:
    return held.assessment.situation


def _line(held: Held, check: Earlier, checks: Iterable[Earlier], now: datetime, *, holds: bool) -> EarlierLine:
    outcome = _(kernel.OUTCOMES.get(check.outcome, check.outcome)) if check.outcome else _("nothing decided")
    said = [outcome, _found(held, check) or _("nothing found")]
    if check.unverified:
        said.append(_left(held, check.unverified))
    tone = "unknown" if check.unverified else "neutral"
    if holds:
        said.append(_("not known to have been lifted"))
        tone = "danger"
    elif check.outcome in HOLDING:
        lifted = lifted_by(check, checks, numbers(_now(held)))
        tone = tone if lifted else "unknown"
        said.append(
            _("let go {time}").format(time=day_words(instant(lifted.decided_at), now))
            if lifted
            else _("no release known")
        )
    elif check.outcome_before in HOLDING:
        time = day_words(instant(check.decided_at), now)
        said.append(_("held before, let go {time}").format(time=time))
    where = " · ".join(one for one in (*_place(held, check), _whose(held, check)) if one)
    return EarlierLine(check.inspection, _age(check, now), " · ".join(said), where, tone)


def _found(held: Held, check: Earlier) -> str:
    """Return what was found: its gravest words and how many."""
    if not check.counted and not check.dismissed:
        return _("found something ({severity})").format(severity=check.severity) if check.severity else ""
    day, rows = in_law_zone(check.at).date(), held.kit.definitions.violations
    if not check.counted:
        return _("found and dropped since")
    named = [words.pick(row.title) if (row := violation_on(rows, one, day)) else one for one in check.counted]
    many = n_("{n} found", "{n} found", len(named))
    some = "、".join(named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")
    return _("{many}: {some}").format(many=many, some=some)


def _left(held: Held, items: tuple[str, ...]) -> str:
    """Return what nobody could verify then: how much, and the first of it in words."""
    named = [words.pick(item.text) if (item := held.kit.item(one)) else one for one in items[:MOST_NAMED]]
    some = "、".join(named) + ("…" if len(items) > MOST_NAMED else "")
    return _("{many}: {some}").format(many=_not_verified(len(items)), some=some)


def _not_verified(many: int) -> str:
    return n_("{n} could not be verified then", "{n} could not be verified then", many)


def _place(held: Held, check: Earlier) -> tuple[str, ...]:
    agencies = "、".join(agency_short(held.kit.definitions, one, words.lang) for one in check.agencies)
    return check.site, check.label, agencies


def _whose(held: Held, check: Earlier) -> str:
    """Say what of it stands here again, where it was not this vehicle; then also which vehicle it was."""
    mine = roles(_now(held), check)
    if "vehicle" in mine:
        return ""
    again = mine or tuple(check.about)
    said = "、".join(_(kernel.UNITS.get(role, role)) for role in again)
    plate = _number(check.plate)
    return _("the same {what}, then with {plate}").format(what=said, plate=plate) if plate else said


def _number(number: str) -> str:
    signs = number.partition("|")[0]
    return read_plate(signs).signs or signs


def _age(check: Earlier, now: datetime) -> str:
    return age_words(instant(check.at), now)


def _moment(check: Earlier, now: datetime) -> str:
    return _("{time} ({age})").format(time=day_words(instant(check.decided_at), now), age=_age(check, now))
