"""A letter that somebody recorded stays shut for him, whatever he gets hold of once the pairing is over."""

import pytest

from checklists import crypto
from mobile.pairing import exchange, letter, session, sessions
from mobile.refusals import Refusal
from tests.mobile.field import OFFICE
from tests.mobile.two import INSPECTION, ask, meet, pair


def anybody(_device):
    return False


def knowing(tmp_path):
    """Two tablets of which the guest read the host's key in its code, as it stands there now."""
    a, b = pair(tmp_path)
    host = b.session.peer("a")
    box = a.session.key.public
    sessions.change(b.held, INSPECTION, lambda one: one.knowing(session.replace(host, box=box)))
    return a, b, host.secret


def opened(raw, secret, role, box=None):
    return letter.unpack(raw, secret, role, OFFICE.public, anybody, box=box)


def refused(*args, **more):
    with pytest.raises(Refusal) as caught:
        opened(*args, **more)
    return caught.value.code


def test_from_the_first_letter_on_the_codes_secret_alone_opens_nothing(tmp_path):
    a, b, secret = knowing(tmp_path)
    b.put()
    question = b.says("a", letter.GUEST)
    assert refused(question, secret, letter.GUEST) == "pair_closed"
    answer = ask(a, b)
    assert refused(answer, secret, letter.HOST) == "pair_closed"
    assert opened(question, secret, letter.GUEST, a.session.key)["format"] == letter.SEALED
    assert opened(answer, secret, letter.HOST, b.session.key)["format"] == letter.SEALED


def test_a_letter_opens_for_its_reader_alone(tmp_path):
    a, b, secret = knowing(tmp_path)
    question = b.says("a", letter.GUEST)
    assert refused(question, secret, letter.GUEST, b.session.key) == "pair_closed"
    assert refused(question, secret, letter.GUEST, crypto.new_sealing_key()) == "pair_closed"
    other = session.offered(session.Session(INSPECTION), a.at).offers[0].secret
    assert refused(question, other, letter.GUEST, a.session.key) == "pair_secret_wrong"
    assert refused(question[:-1] + bytes([question[-1] ^ 1]), secret, letter.GUEST, a.session.key) == "pair_closed"


def test_who_knows_the_readers_key_and_not_the_secret_writes_no_letter(tmp_path):
    a, b, secret = knowing(tmp_path)
    stranger = session.offered(session.Session(INSPECTION), a.at).offers[0].secret
    slot = letter.slot_of(secret, letter.SEALED)
    content = crypto.encrypt(letter._key(stranger, letter.GUEST), b"x", slot)
    raw = slot + crypto.seal_for(a.session.key.public, content, slot)
    assert refused(raw, secret, letter.GUEST, a.session.key) == "pair_secret_wrong"
    assert b.session.peers


def test_after_the_pairing_was_left_what_was_recorded_opens_with_nothing_that_is_left(tmp_path):
    a, b, secret = knowing(tmp_path)
    b.put()
    recorded = [(b.says("a", letter.GUEST), letter.GUEST), (ask(a, b), letter.HOST)]
    for one in (a, b):
        sessions.change(one.held, INSPECTION, session.closed)
        assert one.session.key is None and not one.session.offers
    for raw, role in recorded:
        assert refused(raw, secret, role, a.session.key) == refused(raw, secret, role, b.session.key) == "pair_closed"


def test_a_new_code_after_the_end_has_a_new_key(tmp_path):
    a, _b, _secret = knowing(tmp_path)
    before = a.session.box
    sessions.change(a.held, INSPECTION, session.closed)
    again = sessions.change(a.held, INSPECTION, lambda one: session.offered(one, a.at))
    assert again.open and again.box not in ("", before)


def test_a_tablet_of_the_first_version_is_read_and_answered_as_it_understands(tmp_path):
    a, b = pair(tmp_path)
    b.put()
    secret = b.session.peer("a").secret
    said = b.says("a", letter.GUEST)
    told = opened(said, secret, letter.GUEST)
    old = {name: held for name, held in told.items() if name not in ("signature", "format", "box")}
    taken = exchange.read(a.held, a.me, letter.pack(old, b.me.key, secret, letter.GUEST), letter.GUEST, a.at)
    assert (taken.added, taken.peer.box) == (1, "")
    answer = exchange.write(a.held, a.me, taken.peer, letter.HOST)
    assert answer[: letter.SLOT] == letter.slot_of(secret, letter.SHUT)
    assert opened(answer, secret, letter.HOST)["format"] == letter.SHUT


def test_once_a_tablet_named_its_key_every_letter_to_it_is_sealed(tmp_path):
    a, b = pair(tmp_path)
    meet(a, b)
    secret = b.session.peer("a").secret
    for raw in (b.says("a", letter.GUEST), a.says("b", letter.HOST, whole=True)):
        assert raw[: letter.SLOT] == letter.slot_of(secret, letter.SEALED)


@pytest.mark.parametrize("format_", [letter.SHUT, letter.SEALED, 3])
def test_a_letter_says_inside_what_it_is_outside(tmp_path, format_):
    a, b, secret = knowing(tmp_path)
    told = {"format": format_, "device": "b", "certificate": b.me.certificate}
    shut = letter.pack(told, b.me.key, secret, letter.GUEST)
    sealed = letter.pack(told, b.me.key, secret, letter.GUEST, reader=a.session.key.public)
    assert [format_ == letter.SHUT, format_ == letter.SEALED] == [
        _opens(shut, secret, a.session.key),
        _opens(sealed, secret, a.session.key),
    ]


def _opens(raw, secret, box):
    try:
        return bool(opened(raw, secret, letter.GUEST, box))
    except Refusal as refusal:
        assert refusal.code == "pair_newer"
        return False


@pytest.mark.parametrize("box", ["x", "AAAA", 7, None, ["A"]])
def test_a_key_that_is_none_is_refused(tmp_path, box):
    a, b = pair(tmp_path)
    secret = b.session.peer("a").secret
    told = {"device": "b", "certificate": b.me.certificate, "box": box}
    raw = letter.pack(told, b.me.key, secret, letter.GUEST)
    assert refused(raw, secret, letter.GUEST, a.session.key) == "pair_malformed"


def test_the_key_stands_in_no_repr(tmp_path):
    a, _b, _secret = knowing(tmp_path)
    assert a.session.box not in repr(a.session)
