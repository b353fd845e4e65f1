from __future__ import annotations

import json

import pytest

from checklists.crypto import SigningKey, sign_mapping
from checklists.records import feed_page, hub
from checklists.records.feed_page import PageError, opened
from checklists.records.record import certificate, receipt, receipt_holds

OFFICE, HUB, TABLET = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
FROM, AT, UNTIL, LATER = (f"2026-{month:02}-01T00:00:00.000Z" for month in (1, 2, 3, 4))
PAPER = hub.certificate(
    OFFICE, hub="h", public=HUB.public, label="H0003", agency="", area="1506", issued_at=FROM, until=UNTIL
)
LINE = b'{"key":"1","kind":"orders","v":1}'


def page(key: SigningKey, paper: object, at: str = AT) -> bytes:
    head = {"at": at, "agency": "T", "area": "", "since": "", "cursor": "c", "more": False}
    return feed_page.make(key, {**head, **({"certificate": paper} if paper else {})}, [LINE])


def test_a_page_of_a_certified_hub_holds_and_says_whose_it_is() -> None:
    held = opened(page(HUB, PAPER), OFFICE.public, "", now=AT)
    assert (held.hub, held.lines, held.at) == ("h", (LINE,), AT)
    assert opened(page(OFFICE, None), OFFICE.public, "").hub == ""


def test_the_office_may_say_of_a_hub_what_it_likes_in_its_own_pages() -> None:
    """A head that names a certificate is signed by the hub's key, never by another under the hub's name."""
    with pytest.raises(PageError, match="signature"):
        opened(page(OFFICE, PAPER), OFFICE.public, "")


@pytest.mark.parametrize(
    ("key", "paper", "words"),
    [
        (HUB, None, "signature"),
        (TABLET, PAPER, "signature"),
        (TABLET, {**PAPER, "hub_key": TABLET.public}, "signature"),
        (HUB, {**PAPER, "until": LATER}, "signature"),
        (HUB, [], "signature"),
        (HUB, "x", "signature"),
        (HUB, {**PAPER, "agency": 15}, "signature"),
        (HUB, sign_mapping(HUB, {**PAPER, "server_key": HUB.public}), "signature"),
        (
            TABLET,
            certificate(OFFICE, device="d", public=TABLET.public, agency="T", prefix="T1", issued_at=FROM),
            "sign",
        ),
    ],
)
def test_a_page_of_somebody_else_is_refused(key: SigningKey, paper: object, words: str) -> None:
    with pytest.raises(PageError, match=words):
        opened(page(key, paper), OFFICE.public, "")


@pytest.mark.parametrize(
    ("at", "now", "revoked"), [(LATER, "", ()), ("2025", "", ()), (AT, LATER, ()), (AT, AT, ("x", "h"))]
)
def test_a_hub_whose_time_is_over_or_that_is_revoked_is_refused(at: str, now: str, revoked: tuple[str, ...]) -> None:
    with pytest.raises(PageError, match="run out"):
        opened(page(HUB, PAPER, at), OFFICE.public, "", now=now, revoked=revoked)


def test_a_tablet_whose_clock_is_behind_believes_a_hub_all_the_same() -> None:
    assert opened(page(HUB, PAPER), OFFICE.public, "", now="2025-01-01T00:00:00.000Z").hub == "h"
    assert hub.holds(PAPER, OFFICE.public, now="2025-01-01T00:00:00.000Z")
    assert not hub.holds(PAPER, OFFICE.public, now=LATER)


def test_a_changed_page_of_a_hub_is_refused() -> None:
    body = page(HUB, PAPER)
    for changed in (body.replace(b'"orders"', b'"ordert"'), body.replace(b'"cursor":"c"', b'"cursor":"d"')):
        with pytest.raises(PageError):
            opened(changed, OFFICE.public, "")


def test_a_hub_gives_no_receipt() -> None:
    given = receipt(HUB, digest_="d" * 64, device_seq=1, received_at=AT)
    assert not receipt_holds(given, digest_="d" * 64, server_key=OFFICE.public)
    forged = sign_mapping(HUB, {**given, "server_key": OFFICE.public})
    assert not receipt_holds(forged, digest_="d" * 64, server_key=OFFICE.public)


def test_what_opens_a_hub_is_of_use_nowhere_else() -> None:
    shown = hub.bearer("token", "h")
    assert shown != hub.bearer("token", "i") and len({shown, hub.bearer("tokem", "h"), "token"}) == 3


def test_only_the_office_says_that_a_device_is_revoked() -> None:
    said = hub.revocation(OFFICE, "d", AT)
    assert hub.is_revoked(said, "d", OFFICE.public) and not hub.is_revoked(said, "e", OFFICE.public)
    forged = (hub.revocation(HUB, "d", AT), {**said, "device": "e"}, None, {"kind": "revocation", "device": "d"})
    assert not any(hub.is_revoked(one, "d", OFFICE.public) for one in forged)
    assert not any(hub.is_revoked(one, "e", OFFICE.public) for one in forged)


def test_a_receipt_of_an_act_names_the_act_and_its_device() -> None:
    given = hub.act_receipt(OFFICE, act="a", task="t", device="d", received_at=AT)
    assert hub.act_receipt_holds(given, act="a", device="d", server_key=OFFICE.public)
    for act, device, key in (("b", "d", OFFICE), ("a", "e", OFFICE), ("a", "d", HUB)):
        assert not hub.act_receipt_holds(given, act=act, device=device, server_key=key.public)
    assert not hub.act_receipt_holds(json.loads("[]"), act="a", device="d", server_key=OFFICE.public)
