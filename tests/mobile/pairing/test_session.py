"""What two tablets leave in their stores and in their sealed parts."""

import sqlite3

import pytest

from checklists import crypto
from checklists.records.belonging import at_it
from checklists.wire import uuid7
from mobile.inspecting import evidence
from mobile.inspecting.inspection import Held
from mobile.inspecting.manifest import manifest
from mobile.lock.vault import Vault
from mobile.pairing import bundle, contribution
from mobile.refusals import Refusal
from mobile.screens.pair.peers.state import Runs
from mobile.screens.pair.state import pair_state
from mobile.sealing.part import Device
from mobile.store import database, store
from mobile.store.draft import draft_digest
from tests.mobile import story
from tests.mobile.field import AT, built
from tests.mobile.inspecting.test_evidence import picture
from tests.mobile.two import INSPECTION, NOW, meet, pair


def photo(tablet):
    value = evidence.capture(tablet.held, picture(64, 48), evidence.Stamp("09:30"))
    return tablet.put("photo", "EQP-14", {"item": "EQP-14", **value})


def sealed_by(tablet, **more):
    entries = tablet.entries
    photos = manifest(entries, tablet.me.device)
    plain = [bundle.to_plain(one) for one in entries]
    build = built(INSPECTION, device=tablet.me.device, entries=plain, photos=photos, **more)
    return store.seal_inspection(tablet.held, INSPECTION, build, tablet.me.key)


def test_a_tablet_claims_only_the_photos_that_it_can_send(tmp_path):
    a, b = pair(tmp_path)
    ours, theirs = photo(a), photo(b)
    meet(a, b)
    assert {one.id for one in a.entries} == {ours.id, theirs.id}
    part = sealed_by(a).part
    assert [one["entry"] for one in part["photos"]] == [ours.id]
    assert {one.entry for one in store.photos(a.held, INSPECTION)} == {ours.id}
    assert {one.entry for one in store.photos(b.held, INSPECTION)} == {theirs.id}


def test_who_read_the_code_is_known_by_it_though_nothing_was_exchanged(tmp_path):
    a, b = pair(tmp_path)
    a.put()
    lead = sealed_by(a).part
    assert len(lead["invited"]) == 1 and "statements" not in lead
    told = built(INSPECTION, kind="contribution", device="b", entries=[], photos=[], joined=list(b.session.joined))
    theirs = store.seal_inspection(b.held, INSPECTION, told, b.me.key).part
    assert at_it([lead, theirs]) == {"a", "b"}
    assert at_it([lead, {**theirs, "joined": list(a.session.joined)}]) == {"a"}
    assert not set(theirs["joined"]) & {one.secret for one in a.session.offers}


def test_the_codes_that_were_shown_change_no_draft(tmp_path):
    a, _b = pair(tmp_path)
    part = sealed_by(a).part
    assert draft_digest(part) == draft_digest({name: one for name, one in part.items() if name != "invited"})


def test_the_leads_part_proves_who_wrote_what_is_not_its_own(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    meet(a, b)
    (said,) = sealed_by(a).part["statements"]
    assert (said["device"], said["count"]) == ("b", 1)
    assert crypto.verify_mapping(b.me.key.public, said)


def test_a_statement_on_other_entries_than_those_sealed_is_left_out(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    meet(a, b)
    part = store.seal_inspection(a.held, INSPECTION, built(INSPECTION, device="a"), a.me.key).part
    assert "statements" not in part


def test_statements_change_no_draft(tmp_path):
    part = built(INSPECTION)(1, None)
    assert draft_digest(part) == draft_digest({**part, "statements": [{"device": "b"}]})


def test_a_contribution_holds_what_this_tablet_wrote_and_closes_it(tmp_path):
    a, b = pair(tmp_path)
    a.put()
    meet(a, b)
    mine, signs = photo(b), b.put("signature", "officer:2", {"role": "officer", "name": "2", "digest": "d" * 64})
    held = Held(INSPECTION, AT, "b", story.LI, story.kit(), b.entries, "a")

    class Enrolled:
        key = b.me.key

    sealed = contribution.seal(b.held, held, Device(b.me.certificate, {}), Enrolled, NOW, "e" * 64)
    part = sealed.part
    assert (part["kind"], part["lead"], part["answers"]) == ("contribution", "a", "e" * 64)
    assert [one["id"] for one in part["entries"]] == [mine.id, signs.id]
    assert [one["entry"] for one in part["photos"]] == [mine.id]
    assert store.inspection_state(b.held, INSPECTION) == "sealed"
    assert store.unsent(b.held)[0] == 1
    with pytest.raises(Refusal, match="inspection_closed"):
        b.put()


def test_after_the_seal_nothing_is_added_and_what_came_late_is_told(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    meet(a, b)
    sealed_by(a)
    b.put()
    meet(a, b)
    assert len(a.entries) == 1
    assert a.session.peer("b").late == 1
    state = pair_state(
        Held(INSPECTION, AT, "a", story.WANG, story.kit(), a.entries),
        Device(a.me.certificate, {}),
        a.session,
        Runs(),
        NOW,
        sealed=True,
    )
    assert any("封存后" in words for _tone, words in state.notices)


def test_a_store_of_the_first_release_is_opened_with_everything_in_it(tmp_path):
    held = store.open_store(tmp_path, Vault(b"k" * 32))
    inspection = uuid7()
    store.open_inspection(held, inspection, "officer-1", AT)
    store.release(held)
    file = tmp_path / "data" / "store.db"
    with sqlite3.connect(file) as old:
        old.execute("ALTER TABLE inspection DROP COLUMN lead_device")
        old.execute("PRAGMA user_version = 1")
    old.close()
    again = store.open_store(tmp_path, Vault(b"k" * 32))
    (opened,) = store.inspections(again)
    assert (opened.id, opened.lead_device, opened.joined) == (inspection, "", False)
    store.open_inspection(again, "other", "officer-2", AT, "a")
    assert next(one for one in store.inspections(again) if one.id == "other").joined
    assert again.db.pragma("user_version") == database.SCHEMA
    store.release(again)


def test_a_torn_store_of_the_first_release_keeps_its_inspections(tmp_path):
    held = store.open_store(tmp_path, Vault(b"k" * 32))
    store.keep_setting(held, "enrolment", {"device": "dev-1"})
    store.open_inspection(held, "i1", "officer-1", AT)
    held.db.execute_sql("ALTER TABLE inspection DROP COLUMN lead_device")
    held.db.pragma("user_version", 1)
    held.db.pragma("wal_checkpoint", "truncate")
    store.release(held)
    file = tmp_path / "data" / "store.db"
    with file.open("r+b") as torn:
        torn.seek(file.stat().st_size - 4096)
        torn.write(b"\xff" * 4096)
    again = store.open_store(tmp_path, Vault(b"k" * 32))
    assert store.notice(again) is not None
    assert [one.id for one in store.inspections(again)] == ["i1"]
    store.release(again)


def test_who_took_over_seals(tmp_path):
    a, b = pair(tmp_path)
    meet(a, b)
    lone = Held(INSPECTION, AT, "b", story.LI, story.kit(), b.entries, "a")
    assert not lone.leads
    b.put("takeover", "lead", {"from": "a", "reason": "broken"})
    assert Held(INSPECTION, AT, "b", story.LI, story.kit(), b.entries, "a").leads
    meet(a, b)
    first = Held(INSPECTION, AT, "a", story.WANG, story.kit(), a.entries)
    assert (first.lead, first.leads) == ("b", False)
