"""What stands at the top of the snapshot: the tier with its reasons, orders that block, and the last checks. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from checklists import words as kernel
from checklists.facts.carrier_standing import CarrierStanding
from checklists.facts.site import Order, Past
from checklists.findings.outcome import HOLD, OUTCOMES
from checklists.findings.tiers import Reason, Tier
from checklists.law.model import violation_on
from checklists.wire import to_plain
from checklists.zone import in_law_zone
from mobile.inspecting.inspection import Held
from mobile.inspecting.order_book import Book
from mobile.screens.stops.state import liftable, line_key, underway
from mobile.words import _, words

TONES = {"high": "danger", "medium": "unknown", "low": "neutral"}
MOST_PAST = 6


@dataclass(frozen=True)
class TierMark:
    """The tier in words, its tone, and why."""

    level: str
    title: str
    tone: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class OrderCard:
    """An order that stands: who gave it, against what, what must happen; `blocks` says what it forbids here.

    `unsent` says that it was given here and is not everywhere yet; `lift` names it where it may be lifted here.
    """

    number: str
    title: str
    authority: str
    against: str
    what: str
    blocks: str
    unsent: str = ""
    lift: str = ""


@dataclass(frozen=True)
class PastCheck:
    """Something that was found before: day, what, and the number of its case."""

    day: str
    what: str
    number: str


def tier_mark(tier: Tier, unverified: int, carrier: CarrierStanding | None = None) -> TierMark:
    """Return the tier as it is shown; nothing that stands out is good only where all was compared.

    `unverified` counts the rules that cannot tell yet, or rest on what is too old. `carrier` is how the office says
    that its carrier stands: the gravest reason for that is said at once.
    """
    reasons = tuple(_reason(one, carrier) for one in tier.reasons) or (_("nothing stands out in what is known"),)
    tone = "good" if tier.level == "low" and not unverified else TONES[tier.level]
    return TierMark(tier.level, _(kernel.TIERS[tier.level]), tone, reasons)


def order_cards(held: Held, book: Book | None = None) -> tuple[OrderCard, ...]:
    """Return the orders that R17 found to stand and nobody set aside; `book` is what is known of those of a post."""
    orders = held.assessment.situation.orders or ()
    found = [(one, _order(orders, one.result.subject)) for one in held.assessment.alerts if one.result.rule == "R17"]
    cards = [(order, _card(held, order, words.pick(alert.text))) for alert, order in found if order]
    unsent, may_lift = (underway(book), liftable(book)) if book else ({}, {})
    return tuple(_marked(card, (order.authority, order.number), unsent, may_lift) for order, card in cards)


def past_checks(held: Held) -> tuple[PastCheck, ...]:
    """Return what was found before, the latest first; what an earlier check found stands with that check."""
    situation = held.assessment.situation
    told = {(code, in_law_zone(one.at).date()) for one in situation.history or () for code in one.violations}
    rows = [one for one in situation.past or () if one.number or (one.violation, one.on) not in told]
    held_past = sorted(rows, key=lambda one: one.on, reverse=True)
    return tuple(_past(held, one) for one in held_past[:MOST_PAST])


def past_words(held: Held) -> str:
    """Say why there is no last check to show; nothing where there is one."""
    past = held.assessment.situation.past
    if past is None:
        return _("The office gave no history: whether there was anything before is not known.")
    return "" if past else _("The office has no violation against these numbers.")


def _reason(one: Reason, carrier: CarrierStanding | None) -> str:
    said = kernel.tier_reason(one.code, one.count, one.named, words.pick(one.text) if one.text else "", _)
    if one.code != "carrier_tightened" or carrier is None or not carrier.reasons:
        return said
    why = carrier.reasons[0]
    return _("{what}: {values}").format(what=said, values=kernel.carrier_reason(why.code, to_plain(why), _))


def _order(orders: Iterable[Order], subject: str) -> Order | None:
    return next((one for one in orders if subject in (one.number, f"{one.on.partition('.')[0]} {one.key}")), None)


def _marked(
    card: OrderCard, order: tuple[str, str], unsent: Mapping[tuple[str, str], str], may_lift: Container[str]
) -> OrderCard:
    key = line_key(order)
    return replace(card, unsent=unsent.get(order, ""), lift=key if key in may_lift else "")


def _card(held: Held, order: Order, title: str) -> OrderCard:
    unit = order.on.partition(".")[0]
    stop = order.kind == "stop"
    since = _("since {day}").format(day=order.since.isoformat()) if order.since else ""
    due = _("last day {day}").format(day=order.due.isoformat()) if order.due else ""
    against = f"{_(kernel.UNITS.get(unit, unit))} {order.key}"
    return OrderCard(
        order.number or _("number not known"),
        title,
        order.authority or _("authority not given"),
        " · ".join(one for one in (against, since, due) if one),
        order.text or _("What has to happen is not given: ask the authority."),
        _blocks(held, stop=stop),
    )


def _blocks(held: Held, *, stop: bool) -> str:
    """Say what an order forbids: a stop order proposes to hold at least, whatever else is found."""
    proposed = held.assessment.proposal.outcome
    grave = proposed in OUTCOMES and OUTCOMES.index(proposed) >= HOLD
    if stop and grave:
        return _("Not to be released until it is lifted. Proposed: {outcome}").format(
            outcome=_(kernel.OUTCOMES[proposed])
        )
    if stop:
        return _("Not to be released until it is lifted.")
    return _("Not to be released before it is corrected.")


def _past(held: Held, one: Past) -> PastCheck:
    row = violation_on(held.kit.definitions.violations, one.violation, one.on)
    return PastCheck(one.on.isoformat(), words.pick(row.title) if row else one.violation, one.number)
