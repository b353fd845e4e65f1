"""Campaigns: made and changed only before they begin, ended with a reason, told, carried by records, counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.wire import uuid7
from server import clock
from server.accounts import Scope
from server.cases.ends import day_text
from server.figures.sums import recount
from server.office import Office
from server.parts import entries_of
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import campaign_figures, campaigns, feed_fill, figure_lists, figures, meta
from server.store.campaigns import CampaignError, Draft, Known
from server.store.feed_models import FeedRow
from server.store.office_models import Audit
from server.store.steering_models import Campaign, CampaignCheck
from tests.server.cast import Tablet, batch
from tests.server.feed.reader import Reader
from tests.server.store.office_cases import actor
from tests.server.story import FACTS, PLATE, entries, seal_story

SITE = "G109 示例县卡口"
KNOWN = Known({"T", "P"}, {"EQP-14", "LIC-05"}, {"CN-LOD-02"}, {"1830"}, {SITE})
ALL = Scope(None)


def day(after: int) -> str:
    return day_text(clock.later(days=after))


def draft(**changes: Any) -> Draft:
    told = Draft("G109 夜查", "问题多", "示例县大队", day(0), day(9), roads=("G109",), vehicles=(f"{PLATE}|yellow",))
    return replace(told, **changes)


def made(office: Office, by: str = "lead", **changes: Any) -> Campaign:
    return office.store.write_now(lambda: campaigns.make(actor(by), draft(**changes), KNOWN))


def faults(act: Any) -> set[str]:
    with pytest.raises(CampaignError) as caught:
        act()
    return {words for words, _what in caught.value.faults}


def test_tablets_hear_of_it_and_of_its_end(client: TestClient, office: Office, tablet: Tablet) -> None:
    held, one = Reader(client, tablet, office.key.public), made(office)
    held.catch_up()
    (line,) = [told for (kind, _key), told in held.held.items() if kind == "campaign"]
    assert line["until"] == one.until and line["data"]["roads"] == ["G109"] and "sites" not in line["data"]
    assert line["data"]["targets"] == [{"on": "vehicle", "key": f"{PLATE}|yellow"}]
    office.store.write_now(lambda: campaigns.end(actor("lead"), str(one.id), "任务完成"))
    assert [(told["key"], told.get("gone")) for told in held.catch_up()] == [(str(one.id), True)]
    noted = Audit.select().where(Audit.action.startswith("campaign.")).order_by(Audit.id)
    assert [str(told.action) for told in noted] == ["campaign.make", "campaign.end"]


@pytest.mark.parametrize(
    ("changes", "by", "fault"),
    [
        ({"why": " "}, "lead", campaigns.MISSING),
        ({"until": ""}, "lead", campaigns.MISSING),
        ({"since": "2020-01-01"}, "lead", campaigns.NO_DAYS),
        ({"until": "2020-01-01"}, "lead", campaigns.NO_DAYS),
        ({"until": "soon"}, "lead", campaigns.NO_DAYS),
        ({"until": "29991231"}, "lead", campaigns.NO_DAYS),
        ({"until": "2999-01-01"}, "lead", campaigns.TOO_LONG),
        ({"since": "9999-12-31", "until": "9999-12-31"}, "lead", campaigns.TOO_LONG),
        ({"items": ("XX-1",)}, "lead", campaigns.NOT_KNOWN),
        ({"violations": ("CN-X",)}, "lead", campaigns.NOT_KNOWN),
        ({"agencies": ("Z",)}, "lead", campaigns.NOT_KNOWN),
        ({"sites": ("别处",)}, "lead", campaigns.NOT_KNOWN),
        ({"uns": ("0000",)}, "lead", campaigns.NOT_KNOWN),
        ({"vehicles": ("蒙K1",)}, "lead", campaigns.NO_NUMBER),
        ({"roads": ("国道",)}, "lead", campaigns.NO_NUMBER),
        ({"vehicles": tuple(f"蒙K{number:05d}" for number in range(301))}, "lead", campaigns.TOO_MANY),
        ({"area": "x"}, "lead", campaigns.NO_DIVISION),
        ({}, "wang", campaigns.NO_ROLE),
    ],
)
def test_what_is_no_campaign_is_refused(office: Office, changes: dict[str, Any], by: str, fault: str) -> None:
    assert fault in faults(lambda: made(office, by, **changes))
    assert not Campaign.select().exists() and not FeedRow.select().where(FeedRow.kind == "campaign").exists()


def test_it_is_changed_only_before_it_begins_and_only_by_its_own(office: Office) -> None:
    coming, running = str(made(office, since=day(2)).id), str(made(office, name="另一").id)

    def change(by: str, one: str, **changes: Any) -> Campaign:
        told = draft(since=day(3), name="改名", **changes)
        return office.store.write_now(lambda: campaigns.change(actor(by), one, told, KNOWN))

    assert change("lead", coming, items=("EQP-14",)).name == "改名"
    assert campaigns.read(Campaign.get_by_id(coming)).items == ("EQP-14",)
    assert faults(lambda: change("lead", running)) == {campaigns.BEGUN}
    assert faults(lambda: change("chief", coming)) == {campaigns.OTHERS}
    assert faults(lambda: change("wang", coming)) == {campaigns.NO_ROLE}
    assert faults(lambda: made(office, name="改名", since=day(5))) == {campaigns.NAMED_SO}
    for why, fault in ((" ", campaigns.NO_REASON), ("x", None), ("x", campaigns.NOT_HERE)):
        act = lambda why=why: office.store.write_now(lambda: campaigns.end(actor("lead"), coming, why))  # noqa: E731
        assert fault is None or faults(act) == {fault}
        if fault is None:
            act()
    states = {campaigns.state(one) for one in Campaign.select()}
    assert states == {"now", "ended"} and Campaign.select().count() == 2, "ended, and never deleted"


def test_who_sees_it(office: Office) -> None:
    for changes in ({"agencies": ("T",)}, {"area": "150600"}, {}):
        made(office, name=str(changes), **changes)
    for agencies, area, many in (({"T"}, "", 3), ({"P"}, "", 2), ({"P"}, "152921", 1), (set(), "", 0)):
        scope = Scope(frozenset(agencies), area)
        assert campaigns.count(scope, "now") == len(campaigns.page(scope, "now", 9)) == many
    assert [campaigns.count(ALL, state) for state in campaigns.STATES] == [3, 0, 0]


def test_an_office_that_had_no_feed_is_told_of_it(office: Office) -> None:
    kept, gone = str(made(office).id), str(made(office, name="另一").id)
    office.store.write_now(lambda: campaigns.end(actor("lead"), gone, "x"))
    office.store.write_now(lambda: FeedRow.delete().execute())
    office.store.write_now(lambda: meta.put("feed_filled", ""))
    feed_fill.fill(office.store)
    assert [str(one.key) for one in FeedRow.select().where(FeedRow.kind == "campaign", FeedRow.gone == 0)] == [kept]


def test_what_records_carry_is_kept_once_and_counted_with_its_focus_and_targets(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    packages, inspection = publish_all(office), uuid7()
    one, other = made(office, uns=("1830",)), made(office, name="已结束", since=day(0))
    over, later = str(other.id), str(made(office, name="以后", since=day(3)).id)
    named = [str(one.id), later, "unknown-one", 5, "x" * 61]
    said = [
        tablet.entry(inspection, 80 + number, "note", "campaign", {"campaign": value, "name": "G109 夜查"})
        for number, value in enumerate([*named, over, over])
    ]
    facts = entries(tablet, inspection, FACTS)
    foreign = {**tablet.entry(inspection, 95, "note", "campaign", {"campaign": "c-x"}), "device": uuid7()}
    sealed = seal_story(tablet, packages, inspection=inspection, entries=[*facts, *said, foreign], site=SITE)
    failing = sorted({str(finding["item"]) for finding in sealed.part["findings"]})
    office.store.write_now(lambda: Campaign.update(items=f'["{failing[0]}"]').where(Campaign.id == one.id).execute())
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()

    kept = {str(row.campaign) for row in campaigns.under(inspection)}
    assert kept == {str(one.id), later, over, "unknown-one"}, "also what this office does not know is shown"
    under = figures.fresh(inspection).under
    assert under.campaign == {str(one.id), over} and under.focus == {str(one.id)}, "it counts only on its days"
    assert {text.partition(" ")[2] for text in under.target if text.startswith(str(one.id))} == {
        f"vehicle {PLATE}|yellow",
        "un 1830",
    }
    assert figures.kept() == recount(figures.every())

    row = Campaign.get_by_id(str(one.id))
    whole, focus = (campaign_figures.counted(ALL, row, by) for by in ("campaign", "focus"))
    met = campaign_figures.targets(ALL, row)
    assert whole[0] == focus[0] == 1 and [sums[0] for _target, sums in met] == [1, 1]
    for scope, many in (
        (Scope(frozenset({"T"})), 1),
        (Scope(frozenset({"M"})), 0),
        (Scope(frozenset({"T"}), "1506"), 0),
    ):
        assert campaign_figures.counted(scope, row)[0] == many
        for name in ("campaign", "focus"):
            asked = campaign_figures.asked_of(row, **{name: str(row.id)})
            assert len(figure_lists.page(scope, asked).lines) == many
        asked = campaign_figures.asked_of(row, target=campaign_figures.key_of(row, met[0][0]))
        assert len(figure_lists.page(scope, asked).lines) == many

    before = figures.kept()
    again = entries_of(sealed.part)
    office.store.write_now(lambda: campaigns.carried(inspection, again, tablet.enrolled["device"], {}, ()))
    assert CampaignCheck.select().count() == 4
    office.store.write_now(figures.begin_anew)
    while office.store.write_now(figures.catch_up):
        pass
    changed = {key for key in {*before, *figures.kept()} if before.get(key) != figures.kept().get(key)}
    assert {key.by for key in changed} == {"target"}, "without its numbers the check meets no target any more"
