import base64
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crypto import Cost, SealError, encrypt, stretch
from mobile.lock import vault
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from tests.cheap import PAID

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """A vault with cheap stretching: what is tested here is who may open it, not scrypt."""
    monkeypatch.setattr(vault, "stretch", lambda pin, salt, _cost: (pin.encode() + salt).ljust(32, b"x")[:32])
    return tmp_path / "keys.json"


def refused(keys, pin, now=NOW):
    with pytest.raises(Refusal) as caught:
        vault.unlock(keys, "a", pin, now)
    return caught.value


def test_the_right_pin_opens_what_was_hidden(tmp_path):
    made = vault.create(tmp_path / "keys.json", "a", "683947", "Bao")
    hidden = made.hide("罐车".encode(), "entry", "1")
    again = vault.unlock(tmp_path / "keys.json", "a", "683947", NOW)
    assert again.reveal(hidden, "entry", "1").decode() == "罐车"
    assert vault.officers(tmp_path / "keys.json") == {"a": "Bao"}


def test_a_wrong_pin_says_how_many_tries_are_left(keys):
    vault.create(keys, "a", "683947")
    first = refused(keys, "111111")
    assert (first.code, first.facts["left"]) == ("pin_wrong", vault.FREE_TRIES - 1)


def test_after_ten_wrong_tries_even_the_right_pin_must_wait(keys):
    vault.create(keys, "a", "683947")
    for _ in range(vault.FREE_TRIES):
        refused(keys, "111111")
    assert refused(keys, "683947").code == "pin_wait"
    assert vault.unlock(keys, "a", "683947", NOW + timedelta(seconds=31))


def test_each_further_wrong_try_makes_the_wait_longer():
    waits = [vault.wait_s(wrong) for wrong in range(9, 40)]
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[2], waits[-1]) == (0, 30, 60, 3600)


def test_a_try_counts_even_if_the_process_ends_in_the_middle_of_it(keys, monkeypatch):
    vault.create(keys, "a", "683947")
    monkeypatch.setattr(vault, "stretch", lambda pin, salt, _cost: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        vault.unlock(keys, "a", "683947", NOW)
    assert json.loads(keys.read_text())["officers"]["a"]["wrong"] == 1


def test_a_clock_turned_back_does_not_lengthen_the_wait(keys):
    vault.create(keys, "a", "683947")
    for _ in range(vault.FREE_TRIES):
        refused(keys, "111111", NOW + timedelta(days=365))
    assert refused(keys, "683947", NOW).facts["wait_s"] == 30
    assert vault.unlock(keys, "a", "683947", NOW + timedelta(seconds=31))


def test_the_right_pin_gives_all_tries_back(keys):
    vault.create(keys, "a", "683947")
    refused(keys, "111111")
    vault.unlock(keys, "a", "683947", NOW)
    assert refused(keys, "111111").facts["left"] == vault.FREE_TRIES - 1


def test_a_second_officer_opens_the_same_vault_with_his_own_pin(keys):
    made = vault.create(keys, "a", "683947")
    vault.add_officer(keys, made, "b", "957265", "Su")
    assert vault.unlock(keys, "b", "957265", NOW) == made


def test_a_changed_pin_replaces_the_old_one(keys):
    made = vault.create(keys, "a", "683947")
    vault.change_pin(keys, "a", "683947", "538697", NOW)
    assert vault.unlock(keys, "a", "538697", NOW) == made
    assert refused(keys, "683947").code == "pin_wrong"


def test_who_vouches_for_a_pin_is_kept_over_a_change_and_told_of_none_set_before_that(keys):
    made = vault.create(keys, "a", "683947")
    vault.add_officer(keys, made, "b", "794638")
    vault.add_officer(keys, made, "c", "461739", code="h1")
    vault.change_pin(keys, "c", "461739", "529164", NOW)
    assert [vault.proof(keys, one) for one in "abc"] == [vault.BY_ENROLMENT, vault.BY_NOBODY, vault.BY_CODE]
    assert vault.used_codes(keys, "c") == ("h1",)
    vault.add_officer(keys, made, "c", "794638")
    assert (vault.proof(keys, "c"), vault.used_codes(keys, "c")) == (vault.BY_NOBODY, ("h1",))
    old = json.loads(keys.read_bytes())
    del old["officers"]["a"]["proof"]
    keys.write_bytes(json.dumps(old).encode())
    assert vault.proof(keys, "a") is None
    vault.unlock(keys, "a", "683947", NOW)


def test_a_pin_of_twelve_digits_opens(keys):
    made = vault.create(keys, "a", "683947")
    vault.change_pin(keys, "a", "683947", "683947526183", NOW)
    assert vault.unlock(keys, "a", "683947526183", NOW) == made
    assert refused(keys, "683947").code == "pin_wrong"


@pytest.mark.parametrize("pin", ["", "68394", "6839475261839", "68394a", "６８３９４７"])
def test_a_pin_of_another_length_or_kind_is_refused_and_changes_nothing(keys, pin):
    vault.create(keys, "a", "683947")
    with pytest.raises(Refusal, match="pin_length"):
        vault.change_pin(keys, "a", "683947", pin, NOW)
    assert vault.unlock(keys, "a", "683947", NOW)


def test_the_old_pin_is_no_new_one(keys):
    vault.create(keys, "a", "683947")
    with pytest.raises(Refusal, match="pin_same"):
        vault.change_pin(keys, "a", "683947", "683947", NOW)


def test_a_change_with_a_wrong_old_pin_counts_as_a_try_and_waits_like_one(keys):
    vault.create(keys, "a", "683947")
    for left in range(vault.FREE_TRIES - 1, 0, -1):
        with pytest.raises(Refusal) as caught:
            vault.change_pin(keys, "a", "111111", "538697", NOW)
        assert caught.value.facts == {"left": left}
    with pytest.raises(Refusal, match="pin_wait"):
        vault.change_pin(keys, "a", "111111", "538697", NOW)
    with pytest.raises(Refusal, match="pin_wait"):
        vault.change_pin(keys, "a", "683947", "538697", NOW)
    assert vault.unlock(keys, "a", "683947", NOW + timedelta(seconds=31))


@pytest.mark.parametrize("pin", ["000000", "111111", "123456", "987654"])
def test_a_pin_that_anybody_tries_first_is_refused(keys, pin):
    with pytest.raises(Refusal, match="pin_guessed"):
        vault.create(keys, "a", pin)
    assert not vault.exists(keys)


def test_the_refusal_says_why_also_for_a_second_officer_and_a_changed_pin(keys):
    made = vault.create(keys, "a", "683947")
    tries = (
        lambda: vault.add_officer(keys, made, "b", "991231"),
        lambda: vault.change_pin(keys, "a", "683947", "991231", NOW),
        lambda: vault.create(keys.with_name("other.json"), "a", "150277", known=["苏M1502773"]),
    )
    for act, why in zip(tries, ("date", "date", "date"), strict=True):
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.facts["why"] == why
    assert list(vault.officers(keys)) == ["a"] and vault.unlock(keys, "a", "683947", NOW) == made


def first_vault(keys, pin="246810"):
    """A vault as the first version wrote it: without a cost, and under a PIN that is refused today."""
    key, salt = os.urandom(32), os.urandom(16)
    wrapped = encrypt(stretch(pin, salt, Cost(2**15, 8, 1)), key, b"a")
    row = {"name": "Bao", "wrong": 2, "last_try": "", "salt": text(salt), "wrapped": text(wrapped)}
    keys.write_text(json.dumps({"format": 1, "officers": {"a": row}, "wrong": 2}))
    return Vault(key)


def text(raw):
    return base64.b64encode(raw).decode()


def test_an_old_vault_opens_and_is_wrapped_anew_by_the_first_right_pin(tmp_path, monkeypatch):
    monkeypatch.setattr(vault, "COST", PAID)
    keys = tmp_path / "keys.json"
    made = first_vault(keys)
    before = json.loads(keys.read_text())["officers"]["a"]
    assert refused(keys, "683947").code == "pin_wrong"
    assert json.loads(keys.read_text())["officers"]["a"]["wrapped"] == before["wrapped"]
    assert vault.unlock(keys, "a", "246810", NOW) == made
    after = json.loads(keys.read_text())["officers"]["a"]
    assert (after["cost"], after["name"], after["wrong"]) == ([2**16, 8, 2], "Bao", 0)
    assert after["salt"] != before["salt"] and after["wrapped"] != before["wrapped"]
    assert vault.unlock(keys, "a", "246810", NOW) == made


def test_what_is_paid_for_a_try_is_no_less_than_decided():
    assert PAID.n >= 2**16 and PAID.memory_bytes >= 64 * 1024 * 1024 and PAID.p >= 2


@pytest.mark.parametrize("cost", [[2**30, 8, 1], [3, 8, 1], [2**15, 0, 1], [2**15, 8, 99], "x", [1]])
def test_a_cost_that_no_tablet_can_pay_is_damage(keys, cost):
    vault.create(keys, "a", "683947")
    held = json.loads(keys.read_text())
    held["officers"]["a"]["cost"] = cost
    keys.write_text(json.dumps(held))
    assert refused(keys, "683947").code == "keys_damaged"


def entrusted(keys, tries=20):
    """A vault whose columns an office can open, with two officers."""
    made = vault.create(keys, "a", "683947")
    vault.add_officer(keys, made, "b", "957265")
    vault.entrust(keys, vault.Entrusted("县局", "dev-1", "T1", "key", "box", "wrapped", tries))
    return made


def test_wrong_pins_of_all_officers_in_a_row_spend_the_pins(keys):
    entrusted(keys)
    for number in range(20):
        with pytest.raises(Refusal) as caught:
            vault.unlock(keys, "ab"[number % 2], "000000", NOW)
    assert (caught.value.code, caught.value.facts["tries"]) == ("pin_spent", 20)
    assert refused(keys, "683947").code == "pin_spent"


def test_the_last_tries_are_told_before_they_are_gone(keys):
    entrusted(keys)
    left = [refused(keys, "000000", NOW + timedelta(hours=number)).facts.get("spare") for number in range(19)]
    assert left[:14] == [None] * 14
    assert left[14:] == [5, 4, 3, 2, 1]


def test_one_right_pin_gives_all_tries_back(keys):
    made = entrusted(keys)
    for _ in range(9):
        refused(keys, "000000")
    assert vault.unlock(keys, "b", "957265", NOW) == made
    assert json.loads(keys.read_text())["wrong"] == 0
    assert vault.entrusted(keys).office == "县局"


def test_a_wrong_pin_while_the_tablet_is_open_spends_nothing(keys):
    entrusted(keys, tries=10)
    for number in range(15):
        with pytest.raises(Refusal):
            vault.confirm(keys, "a", "000000", NOW + timedelta(hours=number))
    assert json.loads(keys.read_text())["wrong"] == 0


def test_without_an_office_that_can_open_it_the_pins_are_never_spent(keys):
    vault.create(keys, "a", "683947")
    for number in range(40):
        assert refused(keys, "000000", NOW + timedelta(days=number)).code != "pin_spent"
    assert vault.unlock(keys, "a", "683947", NOW + timedelta(days=99))


@pytest.mark.parametrize("content", [b'{"officers": ', b"[]", b'{"officers": {"a": {}}}', b"\xff\x00"])
def test_a_damaged_key_file_is_said_and_not_overwritten(keys, content):
    keys.write_bytes(content)
    assert refused(keys, "683947").code == "keys_damaged"
    with pytest.raises(FileExistsError):
        vault.create(keys, "a", "683947")


@given(st.binary(), st.text(), st.text())
def test_what_is_hidden_opens_only_in_its_place(content, here, there):
    held = Vault(b"k" * 32)
    assert held.reveal(held.hide(content, "row", here), "row", here) == content
    if here != there:
        with pytest.raises(SealError):
            held.reveal(held.hide(content, "row", here), "row", there)


def test_a_name_is_the_same_only_under_the_same_key():
    assert Vault(b"k" * 32).name("person", "1") == Vault(b"k" * 32).name("person", "1")
    assert Vault(b"k" * 32).name("person", "1") != Vault(b"l" * 32).name("person", "1")
    assert Vault(b"k" * 32).name("person", "1") != Vault(b"k" * 32).name("vehicle", "1")
