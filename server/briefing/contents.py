"""What stands in a briefing in which order: sentences, tables with their wholes, drawings, what is not known. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checklists.words import listed
from server.briefing import charts, opening, words
from server.briefing.blocks import Block, Heading, Note, Para, Picture, Sheet, Table
from server.briefing.charts import Bar, Pair
from server.briefing.opening import Say, percent, points
from server.briefing.values import Briefing, Part, Row
from server.figures import words as names
from server.figures.rates import FEW, Share, per, share
from server.figures.sums import Sums, count_of
from server.figures.years import changed


def _(words: str) -> str:
    return words


NOT_KNOWN = "—"


def sheet(told: Briefing, say: Say) -> Sheet:
    """Return the document's words and drawings."""
    line = say(words.LINE).format(since=told.asked.since, until=told.asked.until)
    line += "".join(say(words.NARROWED).format(what=f"{name} {value}") for name, value in told.narrowed)
    mark = say(words.MARK).format(time=told.made_at)
    return Sheet(told.office, say(words.TITLE), line, mark, tuple(_blocks(told, say)))


def _blocks(told: Briefing, say: Say) -> Iterator[Block]:
    yield from (Para(one) for one in opening.sentences(told, say))
    if told.now[0]:
        parts = _PARTS if told.asked.item is None else [one for one in _PARTS if one[1] not in _OF_ALL_ITEMS]
        for number, (head, part) in enumerate(parts, start=1):
            yield Heading(f"{number}. {say(head)}")
            yield from part(told, say)
        if told.asked.item is not None:
            yield Note(say(words.OF_AN_ITEM))
    yield Heading(say(words.HOW_TO_READ))
    yield from (Note(say(one).format(few=FEW)) for one in words.READ)
    if told.waiting:
        yield Note(say(words.WAITING).format(waiting=told.waiting))


def _counts(told: Briefing) -> tuple[str, ...]:
    """Return what is counted: of one item, in how many checks it was looked at, and in how many it failed."""
    return names.TABLE if told.asked.item is None else names.ITEM_TABLE


def _years(told: Briefing, say: Say) -> Iterator[Block]:
    heads = [_("what is counted"), _("this span"), words.SHARE, _("the year before"), words.SHARE]
    heads += [_("difference of the share, points"), _("what it says")]
    rows = tuple(_year_row(told, name, say) for name in _counts(told))
    yield Table(say(_("This span and the same days of the year before")), _said(say, heads), rows, _YEAR_WIDTHS, (0, 6))
    yield Note(say(words.NOTES["years"]))
    if len(told.months) > 1:
        pairs = [
            Pair(one.name, _found(one.now), None if one.before is None else _found(one.before)) for one in told.months
        ]
        now, before = say(_("this span")), say(_("the year before")) if told.before is not None else ""
        yield Picture(charts.months(pairs, now, before), "; ".join(f"{one.label} {_rate(one.now)}" for one in pairs))
        yield Note(say(words.NOTES["months"]))


_YEAR_WIDTHS = (24, 10, 11, 12, 11, 30, 25)


def _year_row(told: Briefing, name: str, say: Say) -> tuple[str, ...]:
    label = say(names.COUNTS[name])
    now, before = _count(told.now, name), told.before
    here = (label, str(now), _part(told.now, name))
    if before is None:
        return (*here, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, say(words.NOT_COMPARED))
    cells = (*here, str(_count(before, name)), _part(before, name))
    if name in ("checks", "violations"):
        return (*cells, NOT_KNOWN, NOT_KNOWN)
    change = changed(share(now, told.now[0]), share(_count(before, name), before[0]), name)
    said = say(words.YEAR_SAYS[change.says]).format(few=FEW)
    shown = f"{points(change.points)} ({points(change.low)}–{points(change.high)})" if change.compares else NOT_KNOWN
    return (*cells, shown, said)


def _count(one: Sums, name: str) -> int:
    return count_of(one, "" if name == "checks" else name)


def _part(one: Sums, name: str) -> str:
    if name == "checks":
        return NOT_KNOWN
    if name == "violations":
        rate = per(_count(one, name), one[0])
        return NOT_KNOWN if rate is None else f"{rate:.2f}"
    return _rate(share(_count(one, name), one[0]))


def _rate(held: Share) -> str:
    return NOT_KNOWN if held.rate is None else percent(held.rate)


def _interval(held: Share) -> str:
    return f"{percent(held.low)}–{percent(held.high)}" if held.of else NOT_KNOWN


def _found(one: Sums) -> Share:
    return share(count_of(one, "found"), one[0])


def _funnel(told: Briefing, say: Say) -> Iterator[Block]:
    steps = [(say(names.COUNTS[name]), _count(told.now, name)) for name in names.FUNNEL]
    heads = (_("step"), _("checks"), _("share of checks"), words.INTERVAL)
    yield Table(say(_("From the road to what was put right")), _said(say, heads), _shared(steps, told.now[0]), _FOUR)
    yield _bars(steps, told.now[0])
    yield Note(say(words.NOTES["funnel"]))


_FOUR = (44, 16, 18, 26)


def _lates(told: Briefing, say: Say) -> Iterator[Block]:
    held = [(say(names.LATES[code]), count) for code, count in told.lates]
    heads = (_("at the office"), _("checks"), _("share of checks"), words.INTERVAL)
    rows = _shared(held, sum(count for _label, count in held))
    yield Table(say(_("From the seal on the road to the office")), _said(say, heads), rows, _FOUR)


def _shared(held: Sequence[tuple[str, int]], of: int) -> tuple[tuple[str, ...], ...]:
    return tuple((label, str(count), _rate(share(count, of)), _interval(share(count, of))) for label, count in held)


def _bars(held: Sequence[tuple[str, int]], of: int) -> Picture:
    bars = [Bar(label, count / of if of else 0, f"{count} ({_rate(share(count, of))})") for label, count in held]
    return Picture(charts.bars(bars), "; ".join(f"{one.label} {one.said}" for one in bars))


def _broken(told: Briefing, say: Say) -> Iterator[Block]:
    heads = (
        names.KEYS["violation"],
        _("checks"),
        _("share of all checks"),
        words.INTERVAL,
        _("duty that it breaks, verified"),
    )
    of = told.now[0]
    rows = tuple(
        (
            f"{one.code} {one.title}",
            str(one.checks),
            _rate(share(one.checks, of)),
            _interval(share(one.checks, of)),
            one.law,
        )
        for one in told.broken
    )
    if not rows:
        yield Para(say(words.NONE_BROKEN))
        return
    yield Table(say(_("Violations found most often")), _said(say, heads), rows, (46, 11, 14, 22, 40), (0, 4))
    yield from _more(told.broken_more, say)
    yield _bars([(one.title, one.checks) for one in told.broken], of)
    yield Note(say(words.NOTES["broken"]))


def _parts(told: Briefing, say: Say) -> Iterator[Block]:
    for part in told.parts:
        shown = tuple(name for name in _counts(told) if name in _SHOWN)
        yield _items(part, say) if part.by == "item" else _breakdown(part, shown, say)
        yield from _more(part.more, say)
        if part.by in words.NOTES:
            yield Note(say(words.NOTES[part.by]))


def _breakdown(part: Part, shown: Sequence[str], say: Say) -> Table:
    heads = (names.KEYS[part.by], *(names.COUNTS[name] for name in shown), words.SHARE, words.INTERVAL)
    rows = tuple((one.text, *(str(_count(one.one, name)) for name in shown), *_found_in(one, say)) for one in part.rows)
    return Table(say(names.BREAKDOWNS[part.by]), _said(say, heads), rows, (38, *(15 for _name in shown), 15, 24))


_SHOWN = ("checks", "found", "violations", "ordered")


def _items(part: Part, say: Say) -> Table:
    heads = (
        names.KEYS["item"],
        _("checks in which it was looked at"),
        _("of these it failed"),
        words.SHARE,
        words.INTERVAL,
    )
    rows = tuple(
        (one.text, *(str(_count(one.one, name)) for name in names.ITEM_TABLE), *_found_in(one, say))
        for one in part.rows
    )
    return Table(say(_("Items that failed most often")), _said(say, heads), rows, (60, 18, 15, 15, 24))


def _found_in(row: Row, say: Say) -> tuple[str, str]:
    return (NOT_KNOWN, say(words.ALONE)) if row.alone else (_rate(_found(row.one)), _interval(_found(row.one)))


def _unseen(told: Briefing, say: Say) -> Iterator[Block]:
    heads = (names.KEYS["road"], names.COUNTS["checks"], _("hours of the day nobody looked, of 24"))
    rows = tuple((one.road, str(one.checks), str(one.hours)) for one in told.roads)
    if rows:
        yield Table(say(_("Roads and hours")), _said(say, heads), rows, (60, 30, 40))
    if told.unvisited:
        sites = listed(told.unvisited[:_MOST_NAMES], say)
        more = len(told.unvisited) - _MOST_NAMES
        further = say(words.AND_MORE).format(count=more) if more > 0 else ""
        yield Para(say(words.UNVISITED).format(names=sites, more=further))
    yield Note(say(words.NOTES["unseen"]))


_MOST_NAMES = 40


def _more(count: int, say: Say) -> Iterator[Block]:
    if count:
        yield Note(say(words.MORE).format(count=count))


def _said(say: Say, heads: Sequence[str]) -> tuple[str, ...]:
    return tuple(say(one) for one in heads)


_PARTS = (
    (_("Beside the year before"), _years),
    (_("What became of the checks"), _funnel),
    (_("How soon records are at the office"), _lates),
    (_("What was broken"), _broken),
    (_("Where, and in what"), _parts),
    (_("What was not looked at"), _unseen),
)
_OF_ALL_ITEMS = (_funnel, _broken)
"""What is not told of one item."""
