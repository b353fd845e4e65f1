"""Holidays by year; the law administrator publishes the notice of one, then every open clock is counted again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.goods import holidays
from checklists.goods.holidays import Fault, HolidayError, Row
from checklists.zone import LAW_ZONE
from server import clock
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.posted import Posted, Upload
from server.console.visitor import Visitor
from server.office import Office
from server.refusals import Refused
from server.rights import has, may
from server.store import case_clocks, case_law

ADDRESS = "/console/holidays"
_MOST_BYTES = 256 * 1024


def _(words: str) -> str:
    return words


SAID.update(holidays=_("The notice counts from now on; open terms are counted again. Publish it for the tablets too."))
FILE_MISSING = _("Choose the file of the notice.")
FAULTS: Mapping[str, str] = {
    "not_a_table": _("This is no table: {reason}"),
    "column_missing": _("The column {given} is missing; the first line names {known}."),
    "torn": _("line {line}: it has not {count} cells."),
    "twice": _("line {line}: {given} stands there twice."),
    "empty": _("There is no day in it."),
    "not_a_day": _("line {line}: {given} is no day; write it as 2027-01-01."),
    "kind": _("line {line}: the kind {given} is neither rest nor work."),
    "workday": _("line {line}: {given} is no Saturday or Sunday; only these are made workdays."),
    "missing": _("line {line}: {given} is missing."),
    "year_unknown": _("{year}: the statutory rest days of that year are not known, so its notice cannot be checked."),
    "not_rest": _("{year}: {given} ({name}) is a rest day by law and must stand as rest."),
    "far": _("{year}: {given} ({name}) lies far from that holiday."),
    "too_many": _("{year}: {count} days are more than a notice lists."),
}
"""Code of the kernel → what the page says."""


@dataclass(frozen=True)
class HolidaysPage:
    """All that the template draws. `own` are years that the office published itself, with by whom and when."""

    years: Sequence[int]
    year: int
    rows: Sequence[tuple[date, Row]]
    own: Mapping[int, tuple[str, str]]
    last: int
    faults: Sequence[Fault | str] = ()


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Holidays(console))


class Holidays(Form):
    """`/console/holidays?year=`: the rest days that are moved or named, and the weekends that are worked for them."""

    roles = may("holidays")
    limit = _MOST_BYTES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show a year."""
        self._draw(req, resp, who, await self.store.read(_page, query_of(req).get("year", "")))

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Publish the notice in the file, or show everything that is wrong with it. Raises Refused role_may_not."""
        if not has(who.role, "holidays_publish"):
            raise Refused("role_may_not")
        try:
            rows = holidays.read(_text(form.files.get("file")))
            years = await self.store.read(_publish, self.console.office, rows, who.login)
        except HolidayError as wrong:
            resp.status = falcon.HTTP_422
            page = await self.store.read(_page, form.get("year"), wrong.faults or (FILE_MISSING,))
            self._draw(req, resp, who, page)
            return None
        return saying(f"{ADDRESS}?year={years[-1]}", "holidays")

    def _draw(self, req: Request, resp: Response, who: Visitor, page: HolidaysPage) -> None:
        told = {"page": page, "faults": FAULTS, "publishes": has(who.role, "holidays_publish")}
        self.console.draw(req, resp, "admin/holidays.html", who, **told)


def _text(upload: Upload | None) -> str:
    """Return the text of a file. Raises HolidayError, without a fault where there is no file."""
    if upload is None:
        raise HolidayError([])
    try:
        return upload.text
    except Refused as unread:
        raise HolidayError([Fault("not_a_table", reason=unread.detail)]) from unread


def _publish(office: Office, rows: Sequence[Row], who: str) -> list[int]:
    years = office.store.write_now(lambda: case_clocks.publish_holidays(rows, who))
    case_clocks.recount_all(office.store, who)
    return years


def _page(asked: str, faults: Sequence[Fault | str] = ()) -> HolidaysPage:
    own, added = case_clocks.published(), case_law.holidays_added()
    every = holidays.merged(case_law.rows_of(case_law.current().tables, "holidays"), added)
    years = sorted({holidays.year_of(one) for one in every}, reverse=True)
    now = clock.read(clock.now()).astimezone(LAW_ZONE).year
    known = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else now
    year = known if known in years or not years else years[0]
    rows = [(date.fromisoformat(one["day"]), one) for one in every if holidays.year_of(one) == year]
    return HolidaysPage(years, year, rows, own, max(years, default=0), faults)
