"""What pages and files call the figures: one name each, so that a file says the same as its page."""

from __future__ import annotations

from collections.abc import Mapping


def _(words: str) -> str:
    return words


BREAKDOWNS: Mapping[str, str] = {
    "agency": _("by agency"),
    "road": _("by road"),
    "site": _("by site"),
    "carrier": _("by carrier"),
    "item": _("by item"),
    "violation": _("by violation"),
    "un": _("by UN number"),
}
"""What a table of figures is by → its words."""
KEYS: Mapping[str, str] = {
    "agency": _("agency"),
    "road": _("road"),
    "site": _("site"),
    "carrier": _("carrier"),
    "item": _("checklist item"),
    "violation": _("violation"),
    "un": _("UN number"),
    "pair": _("officers of the check"),
    "late": _("from the road to the office"),
}
COUNTS: Mapping[str, str] = {
    "checks": _("checks counted"),
    "found": _("checks with findings"),
    "clean": _("checks without findings"),
    "violations": _("violations found"),
    "serious": _("checks of severity I"),
    "ordered": _("vehicles not let go on"),
    "cased": _("checks with a case"),
    "decided": _("checks with a decision"),
    "corrected": _("checks put right"),
    "controlled": _("checks with control photos drawn"),
    "pictured": _("of these all control photos made"),
    "overridden": _("checks with a comparison set aside"),
    "timed": _("checks of known length"),
    "paced": _("checks with sections cleared at a known pace"),
}
"""A count of checks, or of violations, and the kind of list that shows them (`checks`: all) → its words."""
FUNNEL = ("checks", "found", "ordered", "cased", "decided", "corrected")
"""The steps from the road to what was put right, each a count of checks of the span."""
TABLE = ("checks", "found", "violations", "serious", "ordered", "cased", "decided", "corrected")
"""The counts of a breakdown, in order; by item there are the first two alone."""
ITEM_TABLE = ("checks", "found")
VIOLATION_TABLE = ("checks",)
"""By violation there is the number of checks in which it was found; the cases of a check may rest on others."""
LATES: Mapping[str, str] = {
    "m5": _("within 5 minutes"),
    "h1": _("later, within 1 hour"),
    "d1": _("later, within 24 hours"),
    "d3": _("later, within 3 days"),
    "later": _("after more than 3 days"),
    "doubted": _("not known: the clock is doubted"),
}
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
REASONS: Mapping[str, str] = {
    "unseen": _("Nobody looked here at these hours in the span: what goes on is not known."),
    "partly_unseen": _("Nobody looked during {hours} of these hours."),
    "above": _("{found} violations in 10 checks ({checks} checks), above the mean of {all}."),
    "about": _("{found} violations in 10 checks ({checks} checks), about the mean of {all}."),
    "below": _("{found} violations in 10 checks ({checks} checks), below the mean of {all}."),
    "few": _("Only {checks} checks so far, which found {violations} violations: too few to say anything."),
}
EXPLORE: Mapping[str, str] = {
    "known": _("nothing: go where most was found"),
    "some": _("some"),
    "much": _("much: go where nobody looked"),
}
UNDER: Mapping[str, str] = {
    "campaign": _("made under the campaign"),
    "focus": _("what the campaign looks at was found"),
    "target": _("met a target of the campaign"),
    "in": _("at the campaign's sites"),
    "out": _("at all other sites"),
}
"""What checks of a list have to do with a campaign; `in` and `out` are where they were made."""
CAMPAIGN = ("checks", "found", "violations", "ordered", "cased", "decided", "corrected")
"""The counts of a campaign's checks, in order; those that found what it looks at stand beside them."""
SPANS: Mapping[str, str] = {"before": _("before"), "during": _("during"), "after": _("after")}
MEASURES: Mapping[str, str] = {
    "share": _("share of checks with findings"),
    "rate": _("violations a check"),
}
CHANGES: Mapping[str, str] = {
    "during": _("during, less before"),
    "after": _("after, less before"),
}
VERDICTS: Mapping[str, str] = {
    "more": _("up against elsewhere"),
    "less": _("down against elsewhere"),
    "open": _("no difference can be told"),
    "few": _("too few to say"),
    "alone": _("nothing to compare with"),
}
CAVEATS = (
    _("Places were not drawn by lot: a campaign goes where much was found, and there it often falls by itself."),
    _("Who is stopped changes: teams that look for something choose other vehicles than before."),
    _("Who looks more closely finds more: a higher number may be better looking, and not worse traffic."),
    _("It shows what was found at checks, not what happened on the road, and nobody's merit."),
)
"""What an effect cannot show."""
