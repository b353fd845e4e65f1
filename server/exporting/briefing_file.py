"""A briefing of the figures that a page shows, as .docx: read as the pages read, so that no number differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from checklists import words as kernel
from checklists.definitions.citation import agency_short, citable, cite
from checklists.law.cases import common
from checklists.law.model import rows_on
from server import clock
from server.briefing import contents
from server.briefing.values import MOST_ROWS, Briefing, Broken, Month, Part, Row, Unseen
from server.documents.law import PENDING
from server.exporting.figure_lists import UNKNOWN, asked_alone, heat_rows, question, today
from server.exporting.listing import Asked, local
from server.figures import asking, words
from server.figures.periods import month_end
from server.figures.sums import NOTHING, Sums, count_of
from server.figures.years import year_before
from server.office import Office
from server.rights import may
from server.store import case_law, figure_places, figure_reads, reading
from server.store.case_law import Bench
from server.store.moment import at_once

ROLES = may("export_figures")
MOST_MONTHS = 13
"""Of a longer span no months are drawn. Ours."""


def _(words: str) -> str:
    return words


OF_PEOPLE = _("A briefing is not made about single officers: take that filter away.")
_BROKEN = _("the law changed within the span: see the single cases")
_NAMED = {
    **{"agency": _("Agency"), "road": _("Road"), "site": _("Site"), "carrier": _("Carrier"), "item": _("Item")},
    **{"violation": _("Violation"), "un": "UN"},
}


class NoBriefing(ValueError):  # noqa: N818 - a refusal: what is asked for is no briefing
    """None is made of this; the text says why."""


def export(office: Office, asked: Asked, path: Path) -> int:
    """Write the briefing and return how many checks it is of. Raises NoBriefing, and TooMany of what is not crossed."""
    if asked.filters.get("pair"):
        raise NoBriefing(OF_PEOPLE)
    gathered: Callable[[], Briefing] = partial(gather, office.config.office, asked)
    told = office.store.read_now(lambda: at_once(gathered))
    from server.briefing import document  # reads lxml: 8 MB that most offices never need

    path.write_bytes(document.render(contents.sheet(told, asked.say)))
    return told.now[0]


def gather(office: str, asked: Asked) -> Briefing:
    """Return what stands in it. Reads the store, at one moment. Raises TooMany."""
    wanted = question(asked).whole()
    whole = partial(_whole, asked)
    bench, kept_from = case_law.current(), figure_reads.first_day(asked.scope, wanted)
    before = year_before(wanted)
    known = bool(kept_from) and kept_from <= before.since.isoformat()
    say_of = _Words(bench, asked)
    broken, more = _broken(asked, wanted, say_of)
    visited = {site for site, one in _held(asked, wanted, "site").items() if one[0]}
    sites = _sites(asked, wanted)
    return Briefing(
        office=office,
        made_at=local(clock.now()),
        asked=wanted,
        narrowed=tuple(_narrowed(wanted, say_of)),
        now=whole(wanted),
        before=whole(before) if known else None,
        kept_from=kept_from,
        months=tuple(_months(whole, wanted, known=known)),
        lates=_lates(_held(asked, wanted, "late")),
        broken=broken,
        broken_more=more,
        parts=tuple(_parts(asked, wanted, say_of)),
        roads=tuple(_unseen(asked, wanted)),
        sites=len(sites),
        unvisited=tuple(one for one in sites if one not in visited),
        waiting=_waiting(reading.counts(asked.scope).states),
    )


def _held(asked: Asked, wanted: asking.Asked, by: str) -> dict[str, Sums]:
    return figure_reads.breakdown(asked.scope, wanted, by)


def _whole(asked: Asked, wanted: asking.Asked) -> Sums:
    return figure_reads.sums(asked.scope, wanted, "all").get("", NOTHING)


def _months(whole: Callable[[asking.Asked], Sums], wanted: asking.Asked, *, known: bool) -> Iterator[Month]:
    starts = [wanted.since]
    while (following := month_end(starts[-1])) < wanted.until and len(starts) <= MOST_MONTHS:
        starts.append(date.fromordinal(following.toordinal() + 1))
    for first in starts if len(starts) <= MOST_MONTHS else ():
        one = replace(wanted, since=first, until=min(month_end(first), wanted.until))
        yield Month(f"{first:%Y-%m}", whole(one), whole(year_before(one)) if known else None)


def _lates(held: Mapping[str, Sums]) -> tuple[tuple[str, int], ...]:
    return tuple((code, held.get(code, NOTHING)[0]) for code in words.LATES)


def _sites(asked: Asked, wanted: asking.Asked) -> list[str]:
    here = figure_places.wanted(asked.scope, wanted)
    return [one for one in figure_places.sites(asked.scope) if here is None or one in here]


def _unseen(asked: Asked, wanted: asking.Asked) -> Iterator[Unseen]:
    unknown = asked.say(UNKNOWN)
    for row in heat_rows(asked.scope, wanted, False, unknown):
        yield Unseen(row.name, row.all.checks, row.unseen, row.name != unknown)


def _waiting(states: Mapping[str, int]) -> int:
    return sum(states.get(one, 0) for one in ("received", "parked", "conflict"))


def _broken(asked: Asked, wanted: asking.Asked, say_of: _Words) -> tuple[tuple[Broken, ...], int]:
    held = _held(asked, wanted, "violation") if wanted.item is None else {}
    most = sorted(held, key=lambda code: (-held[code][0], code))[:MOST_ROWS]
    told = (Broken(code, say_of.violation(code), held[code][0], say_of.law(code, wanted)) for code in most)
    return tuple(told), len(held) - len(most)


def _parts(asked: Asked, wanted: asking.Asked, say_of: _Words) -> Iterator[Part]:
    alone = asked_alone()
    for by in ("agency", "road", "site", "item", "un"):
        held = _held(asked, wanted, by)
        if by == "agency" and len(held) < 2:
            continue
        ranked = sorted(held, key=lambda key: (-_weight(by, held[key]), key))
        most = [key for key in ranked if by != "item" or count_of(held[key], "found")]
        rows = (Row(say_of.key(by, key), held[key], by == "item" and key in alone) for key in most[:MOST_ROWS])
        if most:
            yield Part(by, tuple(rows), max(0, len(held) - MOST_ROWS if by != "item" else len(most) - MOST_ROWS))


def _weight(by: str, one: Sums) -> int:
    return count_of(one, "found") if by == "item" else one[0]


def _narrowed(wanted: asking.Asked, say_of: _Words) -> Iterator[tuple[str, str]]:
    for name, label in _NAMED.items():
        held = getattr(wanted, name)
        if held or (held == "" and name != "agency"):
            yield say_of.say(label), say_of.key(name, held)
    if wanted.late:
        yield say_of.say(words.KEYS["late"]), say_of.say(words.LATES[wanted.late])
    if wanted.weekdays:
        yield "", kernel.listed((say_of.say(words.WEEKDAYS[int(one)]) for one in wanted.weekdays), say_of.say)
    if wanted.hour >= 0:
        yield "", f"{wanted.hour:02d}:00–{wanted.hour + wanted.hours:02d}:00"


class _Words:
    """Puts keys of figures into words of the language that is asked for."""

    def __init__(self, bench: Bench, asked: Asked) -> None:
        self.say, self.lang = asked.say, asked.filters.get("lang") or "zh_CN"
        self.definitions, self.tables = bench.definitions, bench.tables
        self._titles = {one.code: one.title for one in self.definitions.violations}

    def key(self, by: str, key: str) -> str:
        """Return a key in words: what is not known is said to be so."""
        if not key:
            return self.say(UNKNOWN)
        told = {"agency": self._agency, "item": self._item, "un": self._un, "violation": self._violation}
        return told[by](key) if by in told else key

    def violation(self, code: str) -> str:
        """Return the title of a violation; nothing of one that the law in force does not have."""
        return kernel.pick(self._titles.get(code, {}), self.lang)

    def law(self, code: str, wanted: asking.Asked) -> str:
        """Return the duty that a violation breaks, as far as it may be printed for the whole span."""
        days = (wanted.since, max(wanted.since, min(wanted.until, today())))
        rows = [rows_on(self.definitions.violations, code, day) for day in days]
        held = [
            citable(self.definitions, common(some).duty, day) if some else ()
            for some, day in zip(rows, days, strict=True)
        ]
        first, last = ({(one.law, one.clause): one for one in some} for some in held)
        if not first and not last:
            return PENDING if self.lang != "en" else self.say(_("to be verified"))
        if set(first) != set(last):
            return self.say(_BROKEN)
        if self.lang == "en":
            return "; ".join(cite(self.definitions, one, "en") for one in held[1])
        return "、".join(cite(self.definitions, one) for one in held[1])

    def _agency(self, key: str) -> str:
        return agency_short(self.definitions, key, self.lang)

    def _violation(self, key: str) -> str:
        return f"{key} {self.violation(key)}".strip()

    def _item(self, key: str) -> str:
        lists = self.definitions.checklists.values()
        texts = (one.text for held in lists for section in held.sections for one in section.items if one.id == key)
        return f"{key} {kernel.pick(next(texts, {}), self.lang)}".strip()

    def _un(self, key: str) -> str:
        found = self.tables.goods.lookup(key) if self.tables is not None else ()
        name = (found[0].name_en if self.lang == "en" else found[0].name_zh) if found else ""
        return f"UN {key} {name}".strip()
