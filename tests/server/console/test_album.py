"""`make screens` shows every page: a new address of the console stands in the album, or is named here as no page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo.album import LOOKS
from server.config import Config
from server.console import routes
from server.office import open_office

NO_PAGES = {
    "/",
    "/console/logout",
    "/console/static/{name}",
    "/console/photos/{sha256}",
    "/console/records/{digest}/sealed",
    "/console/records/{digest}/do/{name}",
    "/console/orders/{order}",
    "/console/passes/{number}",
    "/console/watch/{entry}",
    "/console/campaigns/{campaign}/end",
    "/console/alerts/{task}",  # the story has no alert; `tests/server/console/test_alerts_page.py` draws it
    "/console/tiers/hand",
    "/console/ledger/carriers/{sign}/do/{act}",
    "/console/ledger/people/{sign}/do/{act}",
    "/console/lessons/{draft}/do/{act}",
    "/console/sessions/{session}/do/{act}",
    "/console/sessions/{session}/certificates/{number}",
    "/console/cases/lists",
    "/console/cases/assign",
    "/console/cases/export",
    "/console/cases/{case_id}/file",
    "/console/cases/{case_id}/files/{sha256}",
    "/console/cases/{case_id}/documents/{kind}/draft.{what}",
    "/console/cases/{case_id}/papers/{document}/{what}",
    "/console/discretion/template.csv",
    "/console/drafts/xlsform/{name}",
    "/console/exports/{job}",
    "/console/admin",
    "/console/devices/publish",
    "/console/imports/template/{kind}.xlsx",
    "/console/law/scans/{sha256}",
    "/console/unsealed/{number}",
}
"""What gives a file, sends on, or only takes a form."""


class Addresses:
    """An app that remembers where something was mounted."""

    def __init__(self) -> None:
        self.held: set[str] = set()

    def add_route(self, address: str, _resource: Any, **_more: Any) -> None:
        self.held.add(address)

    def add_sink(self, _sink: Any, prefix: str) -> None:
        self.held.add(prefix)


def test_every_page_is_in_the_album(tmp_path: Path) -> None:
    office, app = open_office(Config(data_dir=str(tmp_path))), Addresses()
    routes.mount(app, office)  # type: ignore[arg-type] # all that mounting needs
    office.close()
    shown = {one.route or one.address.partition("?")[0] for one in LOOKS}
    assert app.held - NO_PAGES == shown
    assert app.held >= NO_PAGES, "what is gone is no longer named"
