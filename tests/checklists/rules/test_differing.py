"""A paper that was shown goes before the registry; where they differ both are shown, and no pass is one alone."""

from checklists.goods.listing import load_tables
from checklists.inspection.entries import Entry, situation_of
from checklists.rules.context import Context
from checklists.rules.papers import r5_papers

AT = "2026-11-21T01:30:00.000Z"
PATH = "vehicle.permit.valid_until"


def permit(registry, *, paper=None, other="papers"):
    facts = [("vehicle", {"plate": "蒙K1", "permit": {"valid_until": registry}}, "registry")]
    facts += [(PATH, paper, other)] if paper else []
    entries = [
        Entry(f"e{seq}", "i", "A", seq, "a", "T", AT, "fact", path, {"data": data, "source": source})
        for seq, (path, data, source) in enumerate(facts)
    ]
    context = Context(situation_of(entries, AT), load_tables())
    return next(one for one in r5_papers(context) if one.subject == "vehicle.permit")


def told(result):
    return [(one.value, one.source) for one in result.values if one.name == PATH]


def test_a_valid_paper_against_an_expired_row_passes_with_both_shown_and_not_alone():
    found = permit("2026-01-31", paper="2028-01-31")
    assert (found.verdict, found.caveats) == ("consistent", ("registry",))
    assert told(found) == [("2028-01-31", "papers"), ("2026-01-31", "registry")]


def test_an_expired_paper_conflicts_whatever_the_registry_says():
    found = permit("2028-01-31", paper="2026-01-31")
    assert found.verdict == "conflict" and told(found) == [("2026-01-31", "papers")]


def test_where_both_say_the_same_one_is_shown_and_nothing_is_left_open():
    found = permit("2028-01-31", paper="2028-01-31")
    assert (found.verdict, found.caveats, told(found)) == ("consistent", (), [("2028-01-31", "papers")])


def test_only_a_paper_stands_against_the_registry():
    assert permit("2026-01-31", paper="2028-01-31", other="officer").caveats == ()
