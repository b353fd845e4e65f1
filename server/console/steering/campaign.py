"""A campaign's page: what it is, what was counted under it, its targets, what changed; to change it and to end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import falcon
from falcon.asgi import Request, Response

from checklists.definitions.definition import Definitions
from checklists.facts.campaign import Target
from server.console import findings
from server.console.figures.pages import Figure, figure, list_address
from server.console.findings import Text
from server.console.frame import Form, saying
from server.console.posted import Posted
from server.console.steering.campaigns import ADDRESS, STANDS, Choices, choices_of, known_of, typed_of
from server.console.steering.watch import actor
from server.console.visitor import Visitor
from server.figures import words
from server.figures.effect import LEAST_DAYS, SIDES, SPANS, Change, estimate
from server.figures.rates import FEW, Share, share
from server.refusals import Refused
from server.rights import has, may
from server.store import campaign_figures, campaigns, case_rows, feed_reach
from server.store.campaign_figures import Effect
from server.store.campaigns import LONGEST, CampaignError, Draft
from server.store.feed_reach import Reach
from server.store.figure_reads import MOST_CROSSED, TooMany
from server.store.steering_models import Campaign


@dataclass(frozen=True)
class Looked:
    """Something that a campaign looks at before all: its code and words; a violation has no item."""

    code: str
    text: Text


@dataclass(frozen=True)
class Met:
    """A target with the checks that met it; `number` is a plate's signs, a credit code or a UN number."""

    target: Target
    number: str
    colour: str
    checks: Figure
    found: Figure


@dataclass(frozen=True)
class Around:
    """What was checked on one side in one span; `rate` is violations a check, with its ends, None of too few."""

    span: str
    checks: Figure
    found: Share
    rate: Any


@dataclass(frozen=True)
class Counted:
    """What is counted: figures, that of the focus, targets; the rows before and after, by side, with what changed."""

    figures: Sequence[Figure]
    focus: Figure
    targets: Sequence[Met]
    effect: Effect
    around: Mapping[str, Sequence[Around]]
    changes: Sequence[Change]

    @property
    def seen(self) -> int:
        """How many targets were met at least once."""
        return sum(one.checks.count > 0 for one in self.targets)


@dataclass(frozen=True)
class CampaignPage:
    """All that the template draws; `counted` is None where it is too many for this viewer's area."""

    row: Campaign
    held: Any
    state: str
    focus: Sequence[Looked]
    agencies: Sequence[Text]
    counted: Counted | None
    names: Mapping[str, str]
    beside: Sequence[Campaign]
    reach: Reach | None
    changes: bool
    ends: bool
    links: bool
    exports: bool
    choices: Choices
    typed: Draft
    faults: Sequence[tuple[str, str]] = ()


class _Pages(Form):
    """What every address of a campaign draws."""

    roles = may("campaigns_keep")

    async def draw(self, req: Request, resp: Response, who: Visitor, campaign: str, **told: Any) -> None:
        """Draw the page. Raises Refused not_found."""
        page = await self.store.read(self._page, who, campaign)
        if page is None:
            raise Refused("not_found")
        values = {"words": words, "states": STANDS, "few": FEW, "most": MOST_CROSSED, "longest": LONGEST}
        values |= {"span_order": SPANS, "sides": SIDES, "least_days": LEAST_DAYS}
        self.console.draw(req, resp, "steering/campaign.html", who, page=replace(page, **told), **values)

    def _page(self, who: Visitor, campaign: str) -> CampaignPage | None:
        row = campaigns.seen(who.scope, campaign)
        if row is None:
            return None
        definitions, held, state = self.console.knowledge.definitions(), campaigns.read(row), campaigns.state(row)
        mine = has(who.role, "campaigns_keep") and (who.role == "supervisor" or who.agency == row.made_agency)
        around = [one for span in campaign_figures.spans_of(row).values() for one in span]
        return CampaignPage(
            row=row,
            held=held,
            state=state,
            focus=_focus(definitions, held),
            agencies=[findings.agency_text(definitions, one) for one in held.agencies],
            counted=counted(who, row),
            names=case_rows.names({str(row.made_by), str(row.changed_by), str(row.ended_by)}),
            beside=campaigns.beside(who.scope, row, min(around), max(around)) if around else [],
            reach=feed_reach.of("campaign", [campaign]).get(campaign) if state != "ended" else None,
            changes=mine and state == "coming",
            ends=mine and state != "ended",
            links=has(who.role, "figures"),
            exports=has(who.role, "export_figures"),
            choices=choices_of(self.console, who),
            typed=campaigns.draft_of(row),
        )


class CampaignOne(_Pages):
    """`/console/campaigns/{campaign}`: the page; a campaign that has not begun is changed."""

    roles = may("campaigns")

    async def show(self, req: Request, resp: Response, who: Visitor, campaign: str = "", **_path: str) -> None:
        """Show it. Raises Refused not_found."""
        await self.draw(req, resp, who, campaign)

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, campaign: str = "", **_path: str
    ) -> str | None:
        """Change it; what is wrong is shown again beside what was typed. Raises Refused role_may_not, not_found."""
        if not has(who.role, "campaigns_keep"):
            raise Refused("role_may_not")
        typed = typed_of(form)
        known = await self.store.read(known_of, self.console, typed)
        try:
            await self.store.write(lambda: campaigns.change(actor(who), campaign, typed, known))
        except CampaignError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, campaign, typed=typed, faults=wrong.faults)
            return None
        return saying(f"{ADDRESS}/{campaign}", "campaign_changed")


class CampaignEnd(_Pages):
    """`/console/campaigns/{campaign}/end`: it is ended with a reason."""

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, campaign: str = "", **_path: str
    ) -> str | None:
        """End it; why it cannot be is shown above the page. Raises Refused not_found."""
        try:
            await self.store.write(lambda: campaigns.end(actor(who), campaign, form.get("why")))
        except CampaignError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, campaign, faults=wrong.faults)
            return None
        return saying(f"{ADDRESS}/{campaign}", "campaign_ended")


def _focus(definitions: Definitions, held: Any) -> list[Looked]:
    titles = findings.violation_titles(definitions, set(held.violations))
    items = [Looked(one, findings.item_text(definitions, one)) for one in held.items]
    return items + [Looked(one, titles.get(one, {})) for one in held.violations]


def counted(who: Visitor, row: Campaign) -> Counted | None:
    """Return what is counted of a campaign for somebody; None where that is too many to be crossed. Reads the store."""
    try:
        return _counted(who, row)
    except TooMany:
        return None


def _counted(who: Visitor, row: Campaign) -> Counted:
    whole, focus = (campaign_figures.counted(who.scope, row, by) for by in ("campaign", "focus"))
    key, effect = str(row.id), campaign_figures.effect(who.scope, row)
    address = list_address(campaign_figures.asked_of(row, campaign=key))
    parts = [
        figure(address, whole, name, None if name in ("checks", "violations") else whole[0]) for name in words.CAMPAIGN
    ]
    focused = list_address(campaign_figures.asked_of(row, focus=key))
    return Counted(
        figures=parts,
        focus=Figure("focus", focus[0], focused, share(focus[0], whole[0])),
        targets=[_met(row, one, sums) for one, sums in campaign_figures.targets(who.scope, row)],
        effect=effect,
        around={side: [_around(effect, side, span) for span in effect.spans] for side in SIDES},
        changes=effect.changes,
    )


def _met(row: Campaign, target: Target, sums: Any) -> Met:
    address = list_address(campaign_figures.asked_of(row, target=campaign_figures.key_of(row, target)))
    number, _bar, colour = target.key.partition("|")
    return Met(target, number, colour, figure(address, sums, "checks"), figure(address, sums, "found"))


def _around(effect: Effect, side: str, span: str) -> Around:
    cell, address = effect.cells[side, span], list_address(effect.asked[side, span])
    return Around(span, Figure("checks", cell.checks, address), share(cell.found, cell.checks), estimate("rate", cell))
