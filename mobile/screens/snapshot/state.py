"""T3: what is known before the walk begins: vehicle, goods, and a light for each rule with its reason. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from checklists import words as kernel
from checklists.facts.transport import Line, Vehicle
from checklists.findings.tiers import tier
from checklists.goods.listing import Goods
from checklists.inspection.entries import standing
from checklists.rules.crosscheck import Result
from checklists.wire import instant, to_plain
from mobile.inspecting import passes, watching
from mobile.inspecting.inspection import Held
from mobile.inspecting.order_book import Book
from mobile.plate_input import usual_colour
from mobile.screens.identify.state import confirm_plate
from mobile.screens.shared.ages import age_words
from mobile.screens.shared.results import all_compared, caveat_words, kit_name, path_words, shown_verdict
from mobile.screens.snapshot.attention.state import (
    OrderCard,
    PastCheck,
    TierMark,
    order_cards,
    past_checks,
    past_words,
    tier_mark,
)
from mobile.screens.snapshot.before.state import BeforeCard, before_card
from mobile.screens.snapshot.campaign.state import CampaignCard, campaign_cards
from mobile.screens.snapshot.depth.state import PROPOSED, DepthPick, DepthState, depth_state
from mobile.screens.snapshot.earlier.state import EarlierState, HoldCard, earlier_state, hold_cards
from mobile.screens.snapshot.watch.state import WatchCard, watch_cards
from mobile.words import _, n_, words

ORDER = ("conflict", "cannot_tell", "stale", "caveat", "consistent")
"""The worst verdict of a rule's results is the rule's light; a pass comes last."""
UNVERIFIED = ("cannot_tell", "stale")
MOST_NAMED = 4
MOST_DRAWN = 3
"""So many goods are drawn with their plate and diamonds; of more each is one line."""
SOON_DAYS = 30
"""A paper that expires within so many days is told: it is in order, and will not be on the next trip. Ours."""
_PAPERS = ("permit", "licence", "qualification", "safety_inspection", "inspection")
_DATED = (*_PAPERS, "compulsory_insurance", "liability_insurance")


@dataclass(frozen=True)
class GoodsCard:
    """A line of the waybill as it should look on the vehicle; empty numbers and labels are not known."""

    un: str
    hazard_id: str
    labels: tuple[str, ...]
    name: str
    detail: str

    @property
    def title(self) -> str:
        """What it is, number first."""
        return f"UN {self.un}  {self.name}" if self.un else self.name


@dataclass(frozen=True)
class KnownBlock:
    """A block that was filled in by itself: what, whose, until when, and its source with its age.

    `soon` names its papers that expire within SOON_DAYS.
    """

    unit: str
    whose: str
    papers: str
    source: str
    stale: bool
    soon: str = ""


@dataclass(frozen=True)
class Light:
    """A rule's light: the worst verdict, the rule in words, and the reasons one line each."""

    rule: str
    verdict: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SnapshotState:
    """The snapshot. `plates` are (text, colour); `registers`: what follows are the papers, and others check."""

    plates: tuple[tuple[str, str], ...]
    carrier: str
    goods: tuple[GoodsCard, ...]
    goods_source: str
    known: tuple[KnownBlock, ...]
    lights: tuple[Light, ...]
    summary: str
    tier: TierMark
    orders: tuple[OrderCard, ...]
    past: tuple[PastCheck, ...]
    past_words: str
    holds: tuple[HoldCard, ...]
    watches: tuple[WatchCard, ...]
    campaigns: tuple[CampaignCard, ...]
    before: BeforeCard | None
    earlier: EarlierState
    depth: DepthState
    compare_plate: bool
    registers: bool = False

    @property
    def listed(self) -> bool:
        """Whether the goods are too many to be drawn."""
        return len(self.goods) > MOST_DRAWN


def snapshot_state(
    held: Held,
    now: datetime,
    depth: DepthPick = PROPOSED,
    sealed_here: Container[str] = (),
    offset_ms: int = 0,
    site: str = "",
    stops: Book | None = None,
) -> SnapshotState:
    """Return the snapshot of the inspection in hand, with the depth that the officer touched.

    `sealed_here` are the inspections that this tablet sealed, `offset_ms` by how much the office's clock is ahead,
    `site` the post, `stops` what is known of the stop orders of this tablet and its agency.
    """
    situation, results = held.assessment.situation, held.assessment.results
    lights = _lights(held, results)
    watches = watch_cards(held, watching.day_of(now, offset_ms))
    before = passes.before(held, watched=bool(watches))
    bill, attention = situation.waybill, tier(held.assessment)
    chosen = depth_state(held, attention, depth, short=before is not None and before.short)
    plates = [_plate(situation.vehicle, usual_colour(situation.vehicle.plate or ""))]
    if situation.trailer or (bill and bill.trailer_plate):
        trailer = situation.trailer or Vehicle(plate=bill.trailer_plate if bill else None)
        # A trailer's plate is yellow by its form (`checks.COLOURS`), whatever the registry holds.
        plates.append(_plate(trailer, "yellow"))
    return SnapshotState(
        plates=tuple(plates),
        carrier=situation.carrier.name
        or situation.vehicle.carrier
        or (bill and bill.carrier)
        or _("carrier not known"),
        goods=tuple(_goods(held, line) for line in (bill.lines if bill else None) or ()),
        goods_source=_goods_source(held),
        known=tuple(_known(held, now)),
        lights=lights,
        summary=_summary(lights),
        tier=tier_mark(attention, sum(one.verdict in UNVERIFIED for one in lights), situation.carrier_tier),
        orders=order_cards(held, stops),
        past=past_checks(held),
        past_words=past_words(held),
        holds=hold_cards(held, now, sealed_here),
        watches=watches,
        campaigns=campaign_cards(held, site, offset_ms, chosen.chosen),
        before=before_card(held, before, now),
        earlier=earlier_state(held, now),
        depth=chosen,
        compare_plate=bool(confirm_plate(held)),
    )


def _plate(vehicle: Vehicle, usual: str) -> tuple[str, str]:
    return vehicle.plate or "?", vehicle.colour or usual


def _goods_source(held: Held) -> str:
    if held.fact("waybill") is None:
        return _("No waybill was scanned: what is loaded is not known.")
    return (
        ""
        if held.assessment.situation.waybill and held.assessment.situation.waybill.lines
        else _("The waybill names no goods that could be read.")
    )


def _goods(held: Held, line: Line) -> GoodsCard:
    found = held.context.goods(line.un, line.packing_group)
    said = (
        _("class {name}").format(name=line.class_) if line.class_ else "",
        f"PG {line.packing_group}" if line.packing_group else "",
        f"{line.net_mass_kg / 1000:.3f} t" if line.net_mass_kg is not None else _("mass not known"),
    )
    name = line.name or (
        words.pick({"zh": found[0].name_zh, "en": found[0].name_en}) if found else _("goods not known")
    )
    return GoodsCard(
        line.un or "", _same(found, "hazard_id"), _labels(found), name, " · ".join(one for one in said if one)
    )


def _same(found: tuple[Goods, ...], name: str) -> str:
    """Return the value on which every possible entry agrees, else nothing: a panel must not be guessed."""
    values = {str(getattr(one, name)) for one in found}
    return values.pop() if len(values) == 1 else ""


def _labels(found: tuple[Goods, ...]) -> tuple[str, ...]:
    values = {one.placards for one in found}
    return values.pop() if len(values) == 1 else ()


def _known(held: Held, now: datetime) -> Iterable[KnownBlock]:
    facts = standing(held.entries, "fact")
    old = {path.split(".")[0] for one in held.assessment.results for path in one.stale}
    for path in ("vehicle", "trailer", "tank", "carrier", "driver", "escort"):
        unit = _(kernel.UNITS[path])
        rivals = [one for one in facts.get(path, ()) if one.value.get("source") == "registry"]
        if rivals:
            fact = rivals[-1].value
            source = f"{_(kernel.SOURCES['registry'])} · {age_words(str(fact.get('as_of') or ''), now)}"
            data, day = fact["data"], held.assessment.situation.day
            yield KnownBlock(unit, _whose(data), _papers(data), source, path in old, _soon(data, day))
            if path == "carrier":
                yield from _carrier_level(held, now)
        elif path == "vehicle":
            yield KnownBlock(
                unit, held.assessment.situation.vehicle.plate or "", "", _("not in the registry"), stale=True
            )


def _carrier_level(held: Held, now: datetime) -> Iterable[KnownBlock]:
    """Yield how closely the office wants the carrier's vehicles checked, with its reasons; of no office, nothing."""
    stands, source = held.assessment.situation.carrier_tier, held.assessment.situation.source("carrier_tier")
    if stands is None or source is None:
        return
    level = _(kernel.CARRIER_LEVELS.get(stands.level, stands.level))
    since = _("since {day}").format(day=stands.since.isoformat()) if stands.since else ""
    reasons = (kernel.carrier_reason(one.code, to_plain(one), _) for one in stands.reasons)
    age = age_words(instant(source.as_of), now) if source.as_of else ""
    yield KnownBlock(
        _("level"),
        " · ".join(one for one in (level, since) if one),
        "\n".join(reasons) or _("The office gives no reason."),
        f"{_('office')} · {age}",
        stale=stands.level not in kernel.CARRIER_LEVELS,
    )


def _whose(data: Mapping[str, Any]) -> str:
    return str(data.get("plate") or data.get("number") or data.get("name") or "")


def _papers(data: Mapping[str, Any]) -> str:
    """Return the papers of a block with the last day on which each is valid."""
    dated = [(name, data[name]) for name in _PAPERS if isinstance(data.get(name), Mapping)]
    return " · ".join(
        f"{_(kernel.PARTS[name])} {paper['valid_until']}" for name, paper in dated if paper.get("valid_until")
    )


def _soon(data: Mapping[str, Any], day: date) -> str:
    """Return the papers that are valid today and expire within SOON_DAYS, with how many days are left."""
    dated = [(name, data[name]) for name in _DATED if isinstance(data.get(name), Mapping)]
    left = [(name, _days(paper.get("valid_until"), day)) for name, paper in dated]
    said = [
        _("{paper}: {left}").format(
            paper=_(kernel.PARTS[name]), left=n_("expires in {n} day", "expires in {n} days", days)
        )
        for name, days in left
        if days is not None and 0 <= days <= SOON_DAYS
    ]
    return " · ".join(said)


def _days(until: Any, day: date) -> int | None:
    try:
        return (date.fromisoformat(str(until)) - day).days
    except ValueError:
        return None


def _lights(held: Held, results: Iterable[Result]) -> tuple[Light, ...]:
    by_rule: dict[str, list[Result]] = {}
    for result in results:
        by_rule.setdefault(result.rule, []).append(result)
    lights = [_light(held, rule, found) for rule, found in by_rule.items()]
    return tuple(sorted(lights, key=lambda light: ORDER.index(light.verdict)))


def _light(held: Held, rule: str, found: list[Result]) -> Light:
    verdict = min(map(shown_verdict, found), key=ORDER.index)
    conflicts = _conflicts(held, (one for one in found if one.verdict == "conflict"))
    unsure = [one for one in found if one.verdict in UNVERIFIED]
    lacking = [path for one in unsure for path in one.missing]
    unseen = _named(_("still to be seen: {what}"), held, (path for path in lacking if path.startswith("seen.")))
    missing = _named(_("missing: {what}"), held, (path for path in lacking if not path.startswith("seen.")))
    stale = _named(_("too old, or later than this clock: {what}"), held, (path for one in unsure for path in one.stale))
    said = [*conflicts, unseen, missing, stale]
    if verdict == "consistent":
        said = [n_("{n} comparison", "{n} comparisons", len(found))]
    if verdict == "caveat":
        said = [caveat_words(held.kit.tables, one) for one in found]
    return Light(rule, verdict, _(kernel.RULES.get(rule, rule)), tuple(one for one in said if one))


def _conflicts(held: Held, found: Iterable[Result]) -> list[str]:
    # A paper's number tells nothing about why it conflicts.
    telling = [
        replace(each, values=tuple(one for one in each.values if not one.name.endswith(".number"))) for each in found
    ]
    said = []
    for told in all_compared(held.kit, telling, {}):
        values = "，".join(f"{what} {value}" for what, value, _source in told.rows)
        said.append(_("{what}: {values}").format(what=told.title, values=values))
    return said


def _named(text: str, held: Held, paths: Iterable[str]) -> str:
    names = list(dict.fromkeys(_name(held, path) for path in paths))
    if not names:
        return ""
    more = "…" if len(names) > MOST_NAMED else ""
    return text.format(what="、".join(names[:MOST_NAMED]) + more)


def _name(held: Held, path: str) -> str:
    """Return a path in words; that it is still to be seen was said before."""
    if path.startswith("seen.equipment."):
        return kit_name(held.kit.tables, path.removeprefix("seen.equipment."))
    return path_words(held.kit.tables, path.removeprefix("seen."))


def _summary(lights: tuple[Light, ...]) -> str:
    counts = {verdict: sum(one.verdict == verdict for one in lights) for verdict in ORDER}
    said = (
        n_("{n} conflict", "{n} conflicts", counts["conflict"]) if counts["conflict"] else "",
        n_("{n} to be verified on the walk", "{n} to be verified on the walk", counts["cannot_tell"] + counts["stale"]),
        n_("{n} with a caveat", "{n} with a caveat", counts["caveat"]) if counts["caveat"] else "",
        n_("{n} consistent", "{n} consistent", counts["consistent"]),
    )
    return " · ".join(one for one in said if one)
