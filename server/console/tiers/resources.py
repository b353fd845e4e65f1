"""The addresses of tiers: carriers by level, the formula, and a level set or ended by hand."""

from __future__ import annotations

from collections.abc import Mapping

import falcon.asgi
from falcon.asgi import Request, Response

from checklists import words
from server.console.frame import SAID, Console, Form, Page, go, query_of, saying
from server.console.posted import Posted
from server.console.tiers.page import ADDRESS, FORMULA, carrier_address, formula_page, tiers_page
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import tier_hands
from server.store.tier_hands import HandError


def _(words: str) -> str:
    return words


SAID.update(
    tier_set=_("The level is set; tablets show it with the reason."),
    tier_ended=_("The level set by hand is ended; the formula counts again."),
)
COUNTED: Mapping[str, str] = {
    "finding": _("a finding at a check"),
    "case_decided": _("a case decided with a penalty"),
    "correction_overdue": _("an order to correct that is overdue"),
    "stop_order": _("a stop order against the carrier"),
    "order": _("another order against the carrier"),
    "watch": _("the watch list"),
}
"""What brings points → its words."""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Tiers(console))
    app.add_route(FORMULA, Formula(console))
    app.add_route(f"{ADDRESS}/hand", Hand(console))


def reason_words(lang: str, code: str, told: Mapping[str, object]) -> str:
    """Return a reason in the language of a page."""
    return words.carrier_reason(code, told, words.say(lang))


class Tiers(Page):
    """`/console/tiers?level=&text=&after=`: carriers of a level, those with most points first."""

    roles = may("tiers")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list; a search is logged."""
        query = query_of(req)
        if query.get("text", "").strip():
            await self.console.note(who.login, "search", query["text"].strip()[:60])
        page = await self.store.read(tiers_page, query)
        told = {"levels": words.CARRIER_LEVELS, "reason_words": reason_words, "gives": has(who.role, "orders")}
        self.console.draw(req, resp, "tiers/list.html", who, page=page, **told)


class Formula(Page):
    """`/console/tiers/formula`: the formula in force with everything in it, and the versions before and after."""

    roles = may("tiers")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the versions."""
        page = await self.store.read(formula_page)
        self.console.draw(req, resp, "tiers/formula.html", who, page=page, counted=COUNTED, levels=words.CARRIER_LEVELS)


class Hand(Form):
    """`/console/tiers/hand`: a level is set by hand, or ended."""

    roles = may("tiers_set")

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **path: str) -> str | None:
        """Keep it; what is wrong stands at the head of the carrier's page. Raises Refused not_found."""
        key, reason = form.get("key")[:40], form.get("reason")
        level, until = form.get("level")[:20], form.get("until")[:10]
        ends = bool(form.get("end"))
        try:
            if ends:
                await self.store.write(lambda: tier_hands.end_by_hand(key, who.login, reason))
            else:
                await self.store.write(lambda: tier_hands.set_by_hand(key, who.login, level, reason, until))
        except KeyError as unknown:
            raise Refused("not_found") from unknown
        except HandError as wrong:
            go(resp, f"{carrier_address(key)}?fault={wrong.code}#tier")
            return None
        return saying(carrier_address(key), "tier_ended" if ends else "tier_set")
