"""Figures as Excel: a table as its page shows it, the checks or violations behind a figure, the map, the posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from checklists import words as kernel
from checklists.zone import LAW_ZONE
from server import clock
from server.exporting.listing import SOME, Asked, Column, Listing, Read
from server.figures import asking, words
from server.figures.asking import VIOLATIONS
from server.figures.heat import heat
from server.figures.planning import Plan, plan
from server.figures.posts import Reason, given_of
from server.figures.rates import Share, per, share
from server.figures.sums import NOTHING, SUMMED, Sums, count_of, needed
from server.rights import may
from server.store import case_law, figure_lists, figure_places, figure_reads, registry
from server.store.figure_lists import Line


def _(words: str) -> str:
    return words


_SHARES = (
    Column(_("share of checks with findings, %"), width=12),
    Column(_("at least, % (95 in 100)"), width=12),
    Column(_("at most, % (95 in 100)"), width=12),
)
_PARTS = (
    Column(_("share of all checks, %"), width=12),
    *_SHARES[1:],
)
_CHECKS = (
    Column(_("checked"), "time", 20),
    Column(_("plate number")),
    Column(_("plate colour"), "code", 10),
    Column(_("carrier"), width=34),
    Column(_("UN number"), width=10),
    Column(_("site"), width=30),
    Column(_("outcome"), "code", 20),
    Column(_("violations"), width=10),
    Column(_("from the road to the office"), "code", 22),
    Column(_("digest of the record"), width=66),
)
_MAP = (
    Column(_("road"), width=30),
    Column(_("hour"), width=8),
    Column(_("checks counted"), width=12),
    Column(_("violations found"), width=12),
    Column(_("violations a check"), width=12),
    Column(_("what is known"), "code", 20),
)
_PLAN = (
    Column(_("day"), width=12),
    Column(_("weekday"), "code", 10),
    Column(_("from"), width=8),
    Column(_("until"), width=8),
    Column(_("site"), width=34),
    Column(_("road"), width=10),
    Column(_("team"), width=8),
    Column(_("violations expected in 10 checks"), width=14),
    Column(_("checks there so far"), width=12),
    Column(_("violations there so far"), width=12),
    Column(_("why"), width=70),
)
NOBODY, TOO_FEW = _("nobody looked"), _("too few checks")
BY = "by"
"""The filter that says what a table is by."""


def question(asked: Asked, months: int = asking.MONTHS) -> asking.Asked:
    """Return what is asked for, as its page understands the same filters."""
    return asking.as_seen(asking.asked_of(asked.filters, today(), months), asked.role)


def today() -> date:
    """Return the day here."""
    return clock.read(clock.now()).astimezone(LAW_ZONE).date()


def _by(asked: Asked) -> str:
    by = asked.filters.get(BY, "")
    return by if by in (*words.BREAKDOWNS, "late") else "site"


def counted(by: str, wanted: asking.Asked) -> tuple[str, ...]:
    """Return the counts that a table has; of one item it is known in how many checks it was looked at, and failed."""
    if by == "violation":
        return words.VIOLATION_TABLE
    return words.ITEM_TABLE if by == "item" or wanted.item is not None else words.TABLE


def _table_columns(asked: Asked) -> Sequence[Column]:
    by = _by(asked)
    key = Column(words.KEYS[by], "code" if by == "late" else "plain", 40)
    counts = (Column(words.COUNTS[one], width=12) for one in counted(by, question(asked)))
    if by == "violation":
        return (key, Column(_("in words"), width=60), *counts, *_PARTS)
    return (key, *counts, *_SHARES)


def _table(asked: Asked) -> dict[str, Sums]:
    by, wanted = _by(asked), question(asked)
    return figure_reads.breakdown(asked.scope, wanted, by, needed("found", *counted(by, wanted)))


def _table_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    by = _by(asked)
    if by == "violation":
        yield from _violation_rows(read, asked)
        return
    alone = read(asked_alone) if by == "item" else frozenset()
    names = counted(by, question(asked))
    for key, one in read(partial(_table, asked)).items():
        counts = [count_of(one, "" if name == "checks" else name) for name in names]
        shares = (None, None, None) if key in alone else percents(one)
        yield (words.LATES.get(key, key) if by == "late" else key or asked.say(UNKNOWN), *counts, *shares)


def _violation_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    wanted = question(asked)
    of = read(partial(figure_reads.sums, asked.scope, wanted, "all", needed())).get("", NOTHING)[0]
    titles, lang = read(violation_titles), asked.filters.get("lang") or "zh_CN"
    for key, one in read(partial(_table, asked)).items():
        yield (
            key,
            kernel.pick(titles.get(key, {}), lang),
            one[0],
            *in_percent(share(one[0], of)),
        )


def violation_titles() -> dict[str, Mapping[str, str]]:
    """Return the titles of the violations of the law now in force, by code. Reads the store."""
    return {one.code: one.title for one in case_law.current().definitions.violations}


def asked_alone() -> frozenset[str]:
    """Return the items that stand on a list only where something was found: there is no share. Reads the store."""
    lists = case_law.current().definitions.checklists.values()
    return frozenset(one.id for held in lists for section in held.sections for one in section.items if one.optional)


UNKNOWN = _("not known")


def percents(one: Sums) -> tuple[float | None, ...]:
    """Return the share of checks with findings and its ends, in per cent with one decimal; None of no check."""
    return in_percent(share(count_of(one, "found"), one[0]))


def in_percent(held: Share) -> tuple[float | None, ...]:
    """Return a share and its ends in per cent with one decimal; None of no check."""
    known = (held.rate, held.low, held.high) if held.of else (None, None, None)
    return tuple(None if value is None else round(100 * value, 1) for value in known)


def _pairs(asked: Asked) -> dict[str, Sums]:
    return figure_reads.breakdown(asked.scope, question(asked), "pair")


PAIR_TABLE = ("checks", "clean", "controlled", "pictured", "overridden", "timed", "paced")


def _pair_columns(_asked: Asked) -> Sequence[Column]:
    counts = (Column(words.COUNTS[one], width=14) for one in PAIR_TABLE)
    means = Column(_("minutes a check, mean"), width=12), Column(_("seconds a section, mean"), width=12)
    return (Column(words.KEYS["pair"], width=24), Column(_("names"), width=30), *counts, *means)


def _pair_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    held = read(partial(_pairs, asked))
    known = read(partial(officer_names, held))
    for key, one in held.items():
        names = kernel.listed((known.get(code, code) for code in key.split("+") if code), asked.say)
        counts = [count_of(one, "" if name == "checks" else name) for name in PAIR_TABLE]
        yield (key or asked.say(UNKNOWN), names, *counts, *(_rounded(value) for value in means(one)))


def officer_names(pairs: Iterable[str]) -> dict[str, str]:
    """Return the names of officers as the registry has them, by number, of those that it knows. Reads the store."""
    return registry.officer_names(code for pair in pairs for code in pair.split("+") if code)


def means(one: Sums) -> tuple[float | None, float | None]:
    """Return minutes a check and seconds a section, each over the checks of which that is known."""
    at = dict(zip(SUMMED, one, strict=True))
    return per(at["minutes"], at["timed"]), per(at["pace"], at["paced"])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _list_columns(asked: Asked) -> Sequence[Column]:
    more = (Column(_("violation"), width=20),) if question(asked).kind == VIOLATIONS else ()
    return (*_CHECKS, *more)


def _list_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    wanted, after = question(asked), ""
    while True:
        found = read(partial(figure_lists.page, asked.scope, wanted, after, SOME))
        yield from (_line(one, wanted) for one in found.lines)
        after = found.next
        if not after:
            return


def _line(line: Line, wanted: asking.Asked) -> Sequence[Any]:
    one, colour = line.fact, kernel.COLOURS.get(line.colour, line.colour)
    outcome, late = kernel.OUTCOMES.get(line.outcome, line.outcome), words.LATES.get(str(one.late), one.late)
    told = (one.at, line.plate, colour, one.carrier, one.un, one.site, outcome, one.violations, late, one.digest)
    return (*told, line.violation) if wanted.kind == VIOLATIONS else told


def _map_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    for row in read(partial(_map, asked)):
        for cell in row.cells:
            # Where nobody looked there is no number: none found is a 0.
            rate = cell.rate
            found = cell.violations if cell.checks else None
            known = NOBODY if rate is None else TOO_FEW if cell.few else ""
            yield (row.name, cell.hour, cell.checks, found, None if rate is None else round(rate, 2), known)


def _map(asked: Asked) -> list[Any]:
    wanted = question(asked)
    return heat_rows(asked.scope, wanted, asked.filters.get(BY) == "site", asked.say(UNKNOWN))


def heat_rows(scope: Any, wanted: asking.Asked, by_site: bool, unknown: str) -> list[Any]:
    """Return the rows of the heat map, by road or by site, those too that nobody looked at. Reads the store.

    Of one item what is found is how often it failed.
    """
    columns = needed("violations" if wanted.item is None else "found")
    sums = figure_reads.sums(scope, wanted, "hour", columns)
    if wanted.item is not None:
        sums = {key: failed_as_found(one) for key, one in sums.items()}
    of, named = figure_places.roads(), figure_places.sites(scope)
    names = {site: (site if by_site else of.get(site, "")) or unknown for site in {*of, *named, ""}}
    here = figure_places.wanted(scope, wanted)
    rows = {names[site] for site in named if here is None or site in here}
    weekdays = frozenset(map(int, wanted.weekdays))
    return heat(sums, lambda site: names.get(site, unknown), weekdays, rows)


def failed_as_found(one: Sums) -> Sums:
    """Return sums of an item with its failures in the place of violations."""
    told = dict(zip(SUMMED, one, strict=True))
    return tuple({**told, "violations": told["found"]}.values())


def plan_of(asked: Asked) -> Plan:
    """Return the posts of a week from what is given in the filters. Reads the store."""
    wanted = question(asked, PLAN_MONTHS)
    sums = figure_reads.sums(asked.scope, wanted, "cell", ("checks", "violations"))
    here = figure_places.wanted(asked.scope, wanted)
    sites = [one for one in figure_places.sites(asked.scope) if here is None or one in here]
    return plan(given_of(asked.filters, today()), sums, sites)


PLAN_MONTHS = 12
"""A plan looks so many months back where nobody says otherwise: an hour of the week comes but once a week."""


def _plan_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    of = read(figure_places.roads)
    for one in read(partial(plan_of, asked)).posts:
        post = one.post
        why = " ".join(said(asked, reason) for reason in one.reasons)
        when = (one.day.isoformat(), words.WEEKDAYS[post.weekday], f"{post.hour:02d}:00", f"{post.until:02d}:00")
        sums = (round(10 * post.mean, 1), post.checks, post.violations if post.checks else None)
        yield (*when, post.site, of.get(post.site, ""), one.team, *sums, why)


def said(asked: Asked, reason: Reason) -> str:
    """Return a reason in words."""
    return asked.say(words.REASONS[reason.code]).format(**reason.numbers)


LISTS = (
    Listing(
        "figures", _("statistics"), may("export_figures"), _table_columns, lambda asked: len(_table(asked)), _table_rows
    ),
    Listing(
        "figure_checks",
        _("checks behind a figure"),
        may("export_figures"),
        _list_columns,
        lambda asked: figure_reads.total(asked.scope, question(asked)) or 0,
        _list_rows,
    ),
    Listing(
        "figure_pairs",
        _("signs of care"),
        may("figures_pairs"),
        _pair_columns,
        lambda asked: len(_pairs(asked)),
        _pair_rows,
    ),
    Listing(
        "figure_map",
        _("heat map"),
        may("export_figures"),
        lambda _asked: _MAP,
        lambda asked: sum(len(row.cells) for row in _map(asked)),
        _map_rows,
    ),
    Listing(
        "figure_plan",
        _("posts of a week"),
        may("plan"),
        lambda _asked: _PLAN,
        lambda asked: len(plan_of(asked).posts),
        _plan_rows,
    ),
)
