"""Letters between two stores: the union is the same in any order, and what is not right is refused with its word."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from checklists import crypto
from checklists.inspection.entries import conflicts, merge
from mobile.pairing import bundle, exchange, letter, session, sessions
from mobile.pairing.squeeze import squeeze
from mobile.refusals import Refusal
from mobile.store import store
from tests.mobile.field import OFFICE, line, page
from tests.mobile.two import INSPECTION, NOW, OFFICERS, as_somebody, ask, certificate, meet, pair, tab


def test_after_one_exchange_both_hold_the_same(tmp_path):
    a, b = pair(tmp_path)
    a.put("fact", "vehicle.plate", {"data": "蒙K12345", "source": "officer"})
    b.put(item="EQP-15")
    meet(a, b)
    assert a.entries == b.entries
    assert {one.device for one in a.entries} == {"a", "b"}


def test_any_order_and_any_repetition_give_the_same_union(tmp_path):
    for number, order in enumerate(itertools.permutations(("a", "b", "meet", "lost"))):
        a, b = pair(tmp_path / str(number))
        kept = []
        for step in order:
            if step == "meet":
                meet(a, b)
            elif step == "lost":
                kept.append(ask(a, b))  # the answer never arrives
            else:
                (a if step == "a" else b).put(item=f"EQP-1{number % 9}")
        for answer in kept:
            exchange.read(b.held, b.me, answer, letter.HOST, b.at)
        meet(a, b)
        assert a.entries == b.entries
        assert len(a.entries) == 2


def test_both_see_that_two_officers_differ(tmp_path):
    a, b = pair(tmp_path)
    a.put(item="TNK-03", value={"result": "conforms"})
    b.put(item="TNK-03", value={"result": "does_not_conform"})
    meet(a, b)
    assert [one.item for one in conflicts(a.entries)] == [one.item for one in conflicts(b.entries)] == ["TNK-03"]
    b.put(item="TNK-03", value={"result": "conforms"})
    meet(a, b)
    assert conflicts(a.entries) == conflicts(b.entries) == ()


def test_what_is_known_already_is_not_sent_again(tmp_path):
    a, b = pair(tmp_path)
    for number in range(30):
        a.put(item=f"I-{number}", value={"result": "conforms", "note": "x" * 200})
    meet(a, b)
    assert len(ask(a, b)) < 1500
    assert len(a.session.peers) == 1


def test_the_next_number_follows_the_highest_seen(tmp_path):
    a, b = pair(tmp_path)
    for _ in range(5):
        a.put()
    meet(a, b)
    assert b.put().seq == 6
    assert a.put().seq == 6
    meet(a, b)
    assert [one.device for one in merge(a.entries)[-2:]] == ["a", "b"]


def test_a_statement_proves_who_wrote(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    meet(a, b)
    said = a.session.statements["b"]
    assert said["certificate"] == b.me.certificate
    assert crypto.verify_mapping(b.me.key.public, said)
    assert bundle.vouches(said, a.entries)
    assert not bundle.vouches(said, [])


def test_a_third_tablet_hears_of_the_second_through_the_first(tmp_path):
    a, b = pair(tmp_path)
    b.put(item="EQP-20")
    meet(a, b)
    shown = sessions.change(a.held, INSPECTION, lambda one: session.offered(one, NOW))
    c = tab(tmp_path, "c", "officer-2")
    c = as_somebody(c, officer={"id": "officer-3", "name": "3", "agency": "P"})
    host = session.Peer("a", shown.offers[-1].secret, host=True, certificate=a.me.certificate)
    sessions.change(c.held, INSPECTION, lambda one: one.knowing(host))
    c.put(item="EQP-30")
    meet(a, c)
    meet(a, b)
    assert a.entries == b.entries == c.entries
    assert {one.item for one in c.entries} == {"EQP-20", "EQP-30"}


def refused(a, raw, now=NOW, role=letter.GUEST):
    before = a.entries
    with pytest.raises(Refusal) as told:
        exchange.read(a.held, a.me, raw, role, now)
    assert a.entries == before
    return told.value.code


def test_a_wrong_secret_is_refused(tmp_path):
    a, b = pair(tmp_path)
    other = session.offered(session.Session(INSPECTION), NOW).offers[0]
    stranger = session.Peer("a", other.secret, host=True)
    assert refused(a, exchange.write(b.held, b.me, stranger, letter.GUEST)) == "pair_secret_wrong"
    good = b.says("a", letter.GUEST)
    assert refused(a, good[:-1] + bytes([good[-1] ^ 1])) == "pair_secret_wrong"
    assert refused(a, b"") == refused(a, b"x" * 500) == "pair_secret_wrong"


def test_a_letter_does_not_go_back_to_its_writer(tmp_path):
    b = pair(tmp_path)[1]
    assert refused(b, b.says("a", letter.GUEST), role=letter.HOST) == "pair_secret_wrong"


def test_a_code_lets_one_tablet_in_and_only_for_a_time(tmp_path):
    a, b = pair(tmp_path)
    assert refused(a, b.says("a", letter.GUEST), NOW + timedelta(hours=1)) == "pair_expired"
    meet(a, b)
    c = as_somebody(tab(tmp_path, "c", "officer-2"), officer={"id": "officer-3", "name": "3", "agency": "P"})
    sessions.change(c.held, INSPECTION, lambda one: one.knowing(b.session.peers[0]))
    assert refused(a, c.says("a", letter.GUEST)) == "pair_used"
    late = NOW + timedelta(days=400)
    exchange.read(
        a.held, a.me, b.says("a", letter.GUEST), letter.GUEST, late
    )  # whoever is in stays in, whatever a clock says


def test_codes_shown_in_person_are_never_too_old(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    exchange.read(a.held, a.me, b.says("a", letter.GUEST, whole=True), letter.GUEST, None)
    assert len(a.entries) == 1


def test_an_answer_to_another_question_is_refused(tmp_path):
    a, b = pair(tmp_path)
    old = ask(a, b, nonce="old")
    with pytest.raises(Refusal, match="pair_forged"):
        exchange.read(b.held, b.me, old, letter.HOST, NOW, echo="new")


def packed(a, b, **changes):
    """A letter of b as it would be if b's app had been changed."""
    secret = b.session.peer("a").secret
    said = b.says("a", letter.GUEST)
    told = letter.unpack(said, secret, letter.GUEST, OFFICE.public, lambda one: False, box=a.session.key)
    told = {name: held for name, held in told.items() if name not in ("signature", "format")}
    return letter.pack({**told, **changes}, b.me.key, secret, letter.GUEST, reader=b.session.peer("a").box)


def test_another_inspection_is_refused(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    meet(a, b)
    assert refused(a, packed(a, b, inspection="another")) == "pair_other_inspection"
    elsewhere = tab(tmp_path / "other", "b", "officer-2", inspection="another")
    elsewhere.put()
    foreign = bundle.state(elsewhere.entries, "another", b.me.certificate, b.me.key)
    replayed = bundle.bundle(foreign, elsewhere.entries)
    assert refused(a, packed(a, b, bundles=[replayed])) == "pair_other_inspection"


def claiming(a, b, *entries):
    said = bundle.state(entries, INSPECTION, b.me.certificate, b.me.key)
    return refused(a, packed(a, b, bundles=[bundle.bundle(said, entries)]))


def test_nobody_writes_in_another_officers_name(tmp_path):
    a, b = pair(tmp_path)
    own = a.put()
    mine = b.put()
    assert claiming(a, b, replace(mine, officer="officer-1", agency="T")) == "pair_claims"
    assert claiming(a, b, replace(mine, agency="T")) == "pair_claims"
    assert claiming(a, b, replace(mine, officer="somebody", agency="T")) == "pair_claims"
    assert claiming(a, b, replace(mine, withdraws=own.id)) == "pair_claims"
    signs = {"kind": "signature", "item": "officer:1", "value": {"role": "officer", "digest": "d" * 64}}
    assert claiming(a, b, replace(mine, officer="officer-1", agency="T", **signs)) == "pair_claims"
    assert refused(a, packed(a, b, officer={"id": "officer-1", "agency": "T"})) == "pair_same_officer"
    assert refused(a, packed(a, b, officer={"id": "officer-2", "agency": "T"})) == "pair_claims"


def test_entries_of_another_device_are_refused(tmp_path):
    a, b = pair(tmp_path)
    mine = b.put()
    said = bundle.state([mine], INSPECTION, b.me.certificate, b.me.key)
    given = bundle.bundle(said, [mine])
    given["entries"][0]["device"] = "a"
    assert refused(a, packed(a, b, bundles=[given])) in ("pair_forged", "pair_claims")
    changed = bundle.bundle(said, [replace(mine, value={"result": "does_not_conform"})])
    assert refused(a, packed(a, b, bundles=[changed])) == "pair_forged"


def test_a_tablet_of_another_office_or_a_revoked_one_is_refused(tmp_path):
    a, b = pair(tmp_path)
    other = crypto.SigningKey(b"x" * 32)
    stranger = as_somebody(b, certificate=certificate("b", b.me.key, "P", other))
    assert refused(a, stranger.says("a", letter.GUEST)) == "pair_other_office"
    borrowed = as_somebody(b, key=other)
    assert refused(a, borrowed.says("a", letter.GUEST)) == "pair_forged"
    at = "2026-11-25T00:00:00.000Z"
    store.lay(a.held, page([line("revoked", "b", {"label": "T2"}, at)]), "", at)
    assert refused(a, b.says("a", letter.GUEST)) == "pair_revoked"


@pytest.mark.parametrize(
    "bundles",
    [None, "x", [None], [{}] * 9, [{"statement": {}, "entries": []}], [{"statement": [], "entries": {}}]],
)
def test_nonsense_is_refused(tmp_path, bundles):
    a, b = pair(tmp_path)
    assert refused(a, packed(a, b, bundles=bundles)) in ("pair_malformed", "pair_other_office")


@pytest.mark.parametrize("seq", [0, -1, 10**9])
def test_a_number_that_would_push_everything_else_aside_is_refused(tmp_path, seq):
    a, b = pair(tmp_path)
    assert claiming(a, b, replace(b.put(), seq=seq)) == "pair_malformed"


def test_bytes_that_unfold_without_end_are_refused(tmp_path):
    a, b = pair(tmp_path)
    secret = b.session.peer("a").secret
    slot = letter.slot_of(secret)
    bomb = squeeze({"format": 1, "x": "a" * (9 * 1024 * 1024)})
    raw = slot + crypto.encrypt(letter._key(secret, letter.GUEST), bomb, slot)
    assert refused(a, raw) == "pair_too_large"
    assert refused(a, slot + b"x" * (3 * 1024 * 1024)) == "pair_too_large"


def test_a_pairing_that_was_left_answers_nobody(tmp_path):
    a, b = pair(tmp_path)
    sessions.change(a.held, INSPECTION, lambda held: replace(held, open=False))
    assert refused(a, b.says("a", letter.GUEST)) == "pair_closed"


def test_one_number_with_two_contents_is_refused_and_both_stay(tmp_path):
    a, b = pair(tmp_path)
    mine = b.put()
    meet(a, b)
    assert claiming(a, b, replace(mine, value={"result": "does_not_apply"})) == "entry_differs"
    assert [one.value for one in a.entries] == [one.value for one in b.entries]


def test_who_took_over_leads_and_signs_there_for_both(tmp_path):
    a, b = pair(tmp_path)
    a.put()
    meet(a, b)
    b.put("takeover", "lead", {"from": "a", "reason": "broken"})
    signs = {"role": "officer", "name": "1", "strokes": [], "digest": "d" * 64}
    b.put("signature", "officer:1", signs, officer="officer-1", agency=OFFICERS["officer-1"])
    meet(a, b)
    assert a.entries == b.entries
