"""A seal names every byte; a receipt names the digest and the office."""

import pytest

from checklists.crypto import new_signing_key
from checklists.records.record import broken, certificate, receipt, receipt_holds, receipt_text, seal
from checklists.wire import WireError, canonical

DEVICE, OFFICE = new_signing_key(), new_signing_key()
PART = {"format": 1, "id": "p1", "entries": [{"value": {"net_mass_kg": 28000}}], "carrier": "路安"}


def test_a_sealed_part_holds_under_the_devices_key():
    sealed = seal(PART, DEVICE)
    assert broken(sealed.body, sealed.digest, sealed.signature, DEVICE.public) is None
    assert sealed.part == PART


def test_one_byte_changed_breaks_the_seal():
    sealed = seal(PART, DEVICE)
    changed = sealed.body.replace(b"28000", b"28001")
    assert broken(changed, sealed.digest, sealed.signature, DEVICE.public).code == "digest_mismatch"
    again = seal({**PART, "id": "p2"}, DEVICE)
    assert broken(again.body, again.digest, sealed.signature, DEVICE.public).code == "signature_invalid"


def test_a_float_is_not_sealed():
    with pytest.raises(WireError):
        seal({"net_mass_t": 29.12}, DEVICE)


def test_a_receipt_holds_for_its_digest_and_office_only():
    given = receipt(OFFICE, digest_="ab" * 32, device_seq=3, received_at="2026-11-21T02:00:00.000Z")
    assert receipt_holds(given, digest_="ab" * 32, server_key=OFFICE.public)
    assert not receipt_holds(given, digest_="cd" * 32, server_key=OFFICE.public)
    assert not receipt_holds(given, digest_="ab" * 32, server_key=DEVICE.public)
    assert not receipt_holds({**given, "device_seq": 4}, digest_="ab" * 32, server_key=OFFICE.public)


def test_a_receipt_written_at_once_is_the_canonical_form_of_the_same():
    told = {"digest_": "ab" * 32, "device_seq": 9_007_199_254_740_991, "received_at": "2026-11-21T02:00:00.000Z"}
    assert receipt_text(OFFICE, **told) == canonical(receipt(OFFICE, **told)).decode()


def test_a_certificate_carries_the_office_that_signed_it():
    given = certificate(OFFICE, device="d1", public=DEVICE.public, agency="T", prefix="A01", issued_at="2026-11-21")
    assert given["server_key"] == OFFICE.public
