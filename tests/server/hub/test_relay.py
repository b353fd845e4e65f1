"""Records and photos by way of a hub: each once at the office, and none lost, whichever link or machine breaks."""

from __future__ import annotations

from tests.server.cast import JPEG, manifest
from tests.server.hub.conftest import NewHub, NewTablet
from tests.server.hub.posts import wait
from tests.server.serving import Serving

SMALL = JPEG[:2000]


def test_a_record_with_photos_passes_through_while_the_office_is_away(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(), new_hub()
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal(photos=manifest(JPEG, SMALL))
    (result,) = tablet.push(hub, sealed)
    assert (result["status"], result["receipt"]) == ("held", None)
    for content in (JPEG, SMALL):
        answer = tablet.photo(hub, content)
        assert (answer.status_code, answer.headers["Lujian-Held"]) == (201, hub.id)
        assert "Lujian-Receipt" not in answer.headers
    assert tablet.ask(hub, sealed, photos=(JPEG,))["photos"][0]["status"] == "held"
    hub.link.mend()
    wait(lambda: hub.waiting() == 0)
    tablet.ask(hub, sealed, photos=(JPEG, SMALL))
    assert (len(tablet.receipts), len(tablet.photo_receipts)) == (1, 2)
    assert tablet.push(parent, sealed)[0]["receipt"] == tablet.receipts[sealed.digest]
