"""Signatures hold for the bytes they were made for, and secrets open only with their key and context."""

import pytest

from checklists.crypto import (
    Cost,
    SealError,
    decrypt,
    encrypt,
    new_signing_key,
    sign_mapping,
    stretch,
    verify,
    verify_mapping,
)

KEY = new_signing_key()
SALT, CHEAP = b"salt" * 4, Cost(2**8, 8, 1)


def test_a_signature_holds_for_its_bytes_only():
    signature = KEY.sign(b"content")
    assert verify(KEY.public, b"content", signature)
    assert not verify(KEY.public, b"Content", signature)
    assert not verify(new_signing_key().public, b"content", signature)


@pytest.mark.parametrize("nonsense", ["", "x", "é", "AAAA", "=" * 88])
def test_nonsense_is_no_signature_and_no_key(nonsense):
    assert not verify(KEY.public, b"content", nonsense)
    assert not verify(nonsense, b"content", KEY.sign(b"content"))


def test_a_signed_mapping_with_one_value_changed_does_not_hold():
    signed = sign_mapping(KEY, {"digest": "ab", "device_seq": 1})
    assert verify_mapping(KEY.public, signed)
    assert not verify_mapping(KEY.public, {**signed, "device_seq": 2})
    assert not verify_mapping(KEY.public, {"digest": "ab"})


def test_a_secret_opens_with_its_key_and_context():
    assert decrypt(b"k" * 32, encrypt(b"k" * 32, "废酸".encode(), b"entry"), b"entry") == "废酸".encode()


@pytest.mark.parametrize(("key", "context"), [(b"l" * 32, b"entry"), (b"k" * 32, b"other")])
def test_a_secret_stays_shut_otherwise(key, context):
    with pytest.raises(SealError):
        decrypt(key, encrypt(b"k" * 32, b"content", b"entry"), context)


def test_a_torn_secret_is_said_to_be_torn():
    with pytest.raises(SealError):
        decrypt(b"k" * 32, b"short")


def test_the_same_pin_and_salt_give_the_same_key():
    assert stretch("123456", SALT, CHEAP) == stretch("123456", SALT, CHEAP) != stretch("123457", SALT, CHEAP)


def test_a_key_stretched_at_another_cost_is_another_key():
    assert stretch("123456", SALT, CHEAP) != stretch("123456", SALT, Cost(2**9, 8, 1))
    assert Cost(2**16, 8, 2).memory_bytes == 64 * 1024 * 1024


def test_what_has_no_form_on_the_wire_was_signed_by_nobody():
    key = new_signing_key()
    deep = {}
    for _level in range(2000):
        deep = {"a": deep}
    for odd in (None, 5, "x", [1], {}, {"signature": 5}, {"a": 1.5, "signature": "x"}, {**deep, "signature": "x"}):
        assert verify_mapping(key.public, odd) is False
