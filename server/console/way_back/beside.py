"""`/console/cases/{case_id}/proofs`: for each violation the road's photos beside what the party sent, and the steps.

The steps are those of the case's side tracks, with their own guards; this page only stands them where they are needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.papers.way_back import link as link_of
from server import clock
from server.cases.states import SIDES
from server.console.cases import words
from server.console.cases.board import Board
from server.console.cases.page import CasePage, case_page
from server.console.cases.steps import Button
from server.console.cases.telling import Teller
from server.console.findings import Shot
from server.console.frame import SAID, Console, Form, saying
from server.console.menu import CASE_ROLES
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has
from server.store import case_law, case_rows, hold_lifts, reading, way_back, way_back_links
from server.store.hold_lifts import Standing
from server.store.models import Case
from server.store.way_back import Arrived
from server.store.way_back_models import WayBackLink


def _(text: str) -> str:
    return text


SAID.update(link_revoked=_("The link opens nothing any more."))
BEYOND: Mapping[str, str] = {
    "seized": _("it was seized: the seizure is lifted as a measure"),
    "measure": _("a measure of a case of this stop is still in force"),
    "no_case": _("no case came of it"),
    "decided_beyond": _("the officers decided more than the findings asked for"),
    "without_case": _("something grave was found that no case follows up"),
}
"""Why clearing all points does not let the vehicle go; then a post does, by looking at it again."""
STEPS = (
    *("rectification_cleared", "rectification_asked_again", "revisit_ordered", "rectification_not_done"),
    *("dispute_taken", "dispute_upheld", "dispute_corrected"),
)


@dataclass(frozen=True)
class Side:
    """A side track of a violation as shown, with the steps that stand on it."""

    id: str
    kind: str
    state: str
    words: str
    text: str
    buttons: Sequence[Button]


@dataclass(frozen=True)
class Pair:
    """A violation: the photos of the road, and what was sent."""

    board: Board
    shots: Sequence[Shot]
    sides: Sequence[Side]
    sent: Sequence[Arrived]


@dataclass(frozen=True)
class Proofs:
    """All that the template draws besides the case's own page; `link` is a new one, shown this once."""

    case: Case
    page: CasePage
    pairs: Sequence[Pair]
    hold: Standing | None
    left: Sequence[Mapping[str, str]]
    links: Sequence[tuple[WayBackLink, bool]]
    names: Mapping[str, str]
    gives: bool
    address: str
    link: str = ""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route("/console/cases/{case_id}/proofs", ProofsResource(console))


class ProofsResource(Form):
    """The page; posted, its link is revoked or given anew."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, case_id: str = "", **_path: str) -> None:
        """Show the page. Raises Refused not_found, also for what this visitor may not see."""
        await self._draw(req, resp, who, case_id)

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, case_id: str = "", **_path: str
    ) -> str | None:
        """Revoke the link or give another out. Raises Refused not_found, role_may_not, reason_missing."""
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        if not has(who.role, "way_back") or who.agency != str(held.keeper):
            raise Refused("role_may_not")
        act, why, inspection = form.get("act"), form.get("why"), str(held.inspection)
        if not why or act not in ("revoke", "give"):
            raise Refused("reason_missing")
        if act == "revoke":
            await self.store.write(lambda: way_back_links.revoke(inspection, who.login, why))
            return saying(f"/console/cases/{case_id}/proofs", "link_revoked")
        config = self.console.office.config
        if not config.public_address:
            raise Refused("act_too_late")
        token = await self.store.write(lambda: way_back_links.give(inspection, who.login, why, config.way_back_days))
        await self._draw(req, resp, who, case_id, link_of(config.public_address, token))
        return None

    async def _draw(self, req: Request, resp: Response, who: Visitor, case_id: str, link: str = "") -> None:
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"case:{case_id} proofs", str(held.inspection))
        page = await self.store.read(self._page, who, held, link)
        self.console.draw(req, resp, "way_back/beside.html", who, page=page, beyond=BEYOND, **words.tables())

    def _page(self, who: Visitor, held: Case, link: str) -> Proofs:
        page = case_page(self.console.office.key.public, self.console.knowledge, who, held, clock.read(clock.now()))
        inspection = str(held.inspection)
        sent = way_back.arrived(inspection)
        hold = hold_lifts.standing(inspection)
        teller = Teller(case_law.current().definitions)
        links = way_back_links.of_inspection(inspection)
        return Proofs(
            case=held,
            page=page,
            pairs=[_pair(page, one, sent) for one in page.violations],
            hold=hold,
            left=[teller.title(code) for code in hold.left] if hold else (),
            links=[(one, way_back_links.opens(one)) for one in links],
            names=case_rows.names({str(one.revoked_by) for one in links}),
            gives=has(who.role, "way_back") and who.agency == str(held.keeper),
            address=self.console.office.config.public_address,
            link=link,
        )


def _pair(page: CasePage, board: Board, sent: Sequence[Arrived]) -> Pair:
    sides = [
        Side(
            one.id,
            one.kind,
            one.state,
            SIDES[one.kind].get(one.state, one.state),
            str(one.facts.get("text") or ""),
            [each for each in page.steps.sides.get(one.id, ()) if each.event in STEPS],
        )
        for one in page.file.sides
        if one.kind in way_back.TRACKS.values()
        and board.violation in (one.facts.get("violations") or (board.violation,))
    ]
    shots = {one.entry: one for fact in board.facts for one in fact.photos}
    named = {one.id for one in sides}
    return Pair(board, list(shots.values()), sides, [one for one in sent if one.side in named])
