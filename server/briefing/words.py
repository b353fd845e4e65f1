"""The words of a briefing that are the same in each."""

from __future__ import annotations


def _(words: str) -> str:
    return words


TITLE = _("Briefing on roadside checks of vehicles carrying dangerous goods")
MARK = _("Made from the records as they stood at {time}; a draft, not issued")
LINE = _("{since} to {until}")
NARROWED = _("; {what}")
SHARE, INTERVAL = _("share"), _("interval (95%)")
NOT_COMPARED = _("not compared")
YEAR_SAYS = {
    "sure": _("more than chance explains"),
    "unsure": _("may be chance"),
    "few": _("fewer than {few} checks"),
    "none": _("nobody checked in one span"),
    "time": _("the year before had a year more time"),
}
"""What a difference says (`figures.years.Change.says`)."""
MORE = _("{count} more rows stand in the file in Excel.")
ALONE = _("asked only when found")
OF_AN_ITEM = _(
    "What became of the checks, and which violations were found, is not told of a single item: they may rest on others."
)
NONE_BROKEN = _("No violation was found.")
UNVISITED = _("Known sites at which no check was made: {names}{more}.")
AND_MORE = _(" and {count} more")
HOW_TO_READ = _("How to read this")
WAITING = _("Records that came in and are not counted, because they wait or are doubted: {waiting}.")
READ = (
    _(
        "A check counts on the day it was made, as it stands now: with its amendments, and with what became of its"
        " cases. Checks begun by mistake are not counted. Every number here stands on the page of statistics for the"
        " same days, where it leads to the list of its checks."
    ),
    _(
        "Vehicles are not drawn at random: a share says what was found in the checks that were made, and nothing of the"
        " vehicles that nobody checked. What was found is not yet decided; no case, carrier or person is judged here."
    ),
    _(
        "Intervals are Wilson's for a share and Newcombe's for a difference: the true value lies within 95 times of"
        " 100. Of fewer than {few} checks nothing is compared."
    ),
)
NOTES = {
    "years": _(
        "How many checks were made says how often somebody was sent out; it is no measure of safety. For violations the"
        " share column has violations a check."
    ),
    "months": _(
        "Share of checks with findings by month, with its interval; n checks, in brackets those of the year before; a"
        " question mark where nobody checked. The months are counted by the days that lie in the span."
    ),
    "funnel": _(
        "Each step counts the checks of the span of which it is true by now; one check with several cases counts once."
        " A step is no part of the one before: what was put right on the road needs no case."
    ),
    "broken": _(
        "A violation counts once a check; the share is of all checks, also those in which nobody could look for it. A"
        " clause is printed only where it was read at its source and holds on the first and last day of the span."
    ),
    "agency": _("A joint check counts for each agency that took part: the rows add up to more than all."),
    "item": _(
        "An item counts in the checks in which the office's computation found it in order or failing; what did not"
        " apply, or could not be verified, is not in the denominator."
    ),
    "un": _("The UN number of the first line of the waybill."),
    "unseen": _("That nothing was found where nobody looked says nothing; these roads, hours and sites are not known."),
}
"""What stands below a table."""
