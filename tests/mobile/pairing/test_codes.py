"""Invitations and sequences of QR codes: loss, order, repetition and foreign codes."""

import base64
import contextlib
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists import crypto
from checklists.wire import to_plain
from mobile.pairing import base45, frames, invite
from mobile.pairing.invite import Invite
from mobile.pairing.squeeze import squeeze
from mobile.refusals import Refusal
from tests.mobile.field import DEVICE, OFFICE
from tests.mobile.two import certificate

INVITE = Invite(
    inspection="0193f",
    opened_at="2026-11-26T01:30:00.000Z",
    officer={"id": "officer-1", "name": "王强", "agency": "T"},
    certificate=certificate("dev-1", DEVICE, "T"),
    secret=base64.b64encode(b"s" * 32).decode(),
    addresses=("192.168.43.1:40000",),
    checklist="cn-joint",
    definitions={"definitions": "d" * 64, "reference": "e" * 64},
    expires_at="2026-11-26T02:00:00.000Z",
)


def nobody(device):
    return False


@given(st.binary(max_size=300))
def test_base45_gives_back_what_it_was_given(raw):
    assert base45.decode(base45.encode(raw)) == raw


@pytest.mark.parametrize(("raw", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")])
def test_base45_is_that_of_the_standard(raw, text):
    assert (base45.encode(raw), base45.decode(text)) == (text, raw)


@given(st.text(max_size=12) | st.text(base45.SIGNS, max_size=12))
def test_base45_refuses_everything_else(text):
    with contextlib.suppress(ValueError):
        assert base45.encode(base45.decode(text)) == text


@given(st.binary(max_size=4000), st.integers(1, 600), st.randoms(use_true_random=False))
def test_codes_in_any_order_with_repeats_and_foreign_ones_give_the_letter(content, chunk, chance):
    chunk = max(chunk, len(content) // frames.MOST_FRAMES + 1)
    codes = list(frames.split(content, chunk))
    foreign = [*frames.split(content + b"!", chunk)[:2], "https://example.org", frames.START, frames.START + "A:B"]
    seen = codes + chance.sample(codes, len(codes) // 2) + foreign
    chance.shuffle(seen)
    held = frames.Collected()
    for text in seen:
        held = frames.collect(held, text)
    found = {held.whole}
    # Of the other letter two codes are shown: where that is all of it, it may be the newer one.
    assert content in found or len(codes) <= 2


@given(st.binary(min_size=300, max_size=4000), st.integers(0, 50))
def test_what_is_missing_is_named_and_nothing_is_given_out_before(content, lost):
    codes = frames.split(content, 100)
    lost %= len(codes)
    held = frames.Collected()
    for number, text in enumerate(codes):
        held = held if number == lost else frames.collect(held, text)
    if len(codes) > 1:
        assert (held.whole, held.missing, held.count) == (None, (lost,), len(codes))
    assert frames.collect(held, codes[lost]).whole == content


def test_a_changed_code_never_completes_a_letter():
    content = random.Random(1).randbytes(2000)
    codes = list(frames.split(content))
    raw = bytearray(base45.decode(codes[1].removeprefix(frames.START)))
    raw[-1] ^= 1
    held = frames.Collected()
    for text in (codes[0], frames.START + base45.encode(bytes(raw)), *codes[2:]):
        held = frames.collect(held, text)
    assert held.whole is None
    assert held.broken
    for text in codes:
        held = frames.collect(held, text)
    assert held.whole == content


def test_garbage_fills_no_memory():
    held, chance = frames.Collected(), random.Random(2)
    for _ in range(500):
        held = frames.collect(held, frames.START + base45.encode(chance.randbytes(60)))
        held = frames.collect(held, frames.split(chance.randbytes(900))[0])
    assert len(held.sets) <= frames.MOST_SETS


def test_a_code_holds_what_a_camera_reads():
    assert max(len(one) for one in frames.split(b"x" * 5000)) <= 900
    with pytest.raises(ValueError, match="at most"):
        frames.split(b"x" * 600_000)


def test_an_invitation_is_read_as_it_was_written():
    text = invite.write(INVITE, DEVICE)
    assert invite.read(text, OFFICE.public, nobody) == INVITE
    assert len(text) < 1100
    assert INVITE.device == "dev-1"


def test_an_invitation_with_a_key_still_fits_and_one_of_the_first_version_is_read():
    whole = replace(INVITE, box=crypto.new_sealing_key().public)
    text = invite.write(whole, DEVICE)
    assert invite.read(text, OFFICE.public, nobody) == whole and len(text) < 1200
    first = {name: held for name, held in to_plain(INVITE).items() if name != "box"}
    old = invite.START + base45.encode(squeeze(crypto.sign_mapping(DEVICE, first)))
    assert invite.read(old, OFFICE.public, nobody).box == ""


@pytest.mark.parametrize("box", ["AAAA", "no base64"])
def test_an_invitation_with_half_a_key_is_refused(box):
    assert refused(invite.write(replace(INVITE, box=box), DEVICE)) == "pair_malformed"


def refused(text, revoked=nobody):
    with pytest.raises(Refusal) as told:
        invite.read(text, OFFICE.public, revoked)
    return told.value.code


def test_an_invitation_that_is_not_right_is_refused():
    good = invite.write(INVITE, DEVICE)
    assert refused("https://example.org") == "pair_not_ours"
    assert refused(invite.START + "???") == "pair_malformed"
    assert refused(invite.START + base45.encode(b"nothing")) == "pair_malformed"
    assert refused(invite.START + base45.encode(squeeze({"certificate": 1}))) == "pair_other_office"
    assert refused(good, lambda device: device == "dev-1") == "pair_revoked"
    foreign = replace(INVITE, certificate=certificate("dev-1", DEVICE, "T", crypto.SigningKey(b"x" * 32)))
    assert refused(invite.write(foreign, DEVICE)) == "pair_other_office"
    assert refused(invite.write(INVITE, crypto.SigningKey(b"y" * 32))) == "pair_forged"


@pytest.mark.parametrize(
    "address", ["8.8.8.8:80", "example.org:80", "192.168.1.1", "192.168.1.1:0", "192.168.1.1:99999", "", ":80"]
)
def test_an_invitation_leads_into_the_local_network_alone(address):
    assert refused(invite.write(replace(INVITE, addresses=(address,)), DEVICE)) == "pair_malformed"


@pytest.mark.parametrize("secret", ["", "AAAA", "no base64"])
def test_an_invitation_needs_its_secret(secret):
    assert refused(invite.write(replace(INVITE, secret=secret), DEVICE)) == "pair_malformed"
