"""An office with a made-up year, as `python -m server seed` leaves it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from server.config import Config
from server.office import Office, open_office
from server.publishing import publish_all
from server.seeding import year
from tests.server.browser import Browser

PASSWORD = "Grau-Kiesel-Lampe-77"


def plant(folder: Path, database: str, cases: int = 60, pool: str = "", until: date | None = None) -> Office:
    """Return an open office with at least so many cases of a year that ends on the evening of a day, or now."""
    where = {"data_dir": str(folder), "database": database, "pool_database": pool}
    office = open_office(Config(**where, office="示例县", stall_seconds=2))
    publish_all(office)
    told = year.begin(office, 1, until, PASSWORD)
    done = told.plant(cases, lambda _words: None)
    assert done.cases >= cases and done.refused == {}
    year.all_read(office)
    return office


def signed_in(office: Office, login: str) -> Browser:
    browser = Browser(office)
    assert browser.sign_in(login, PASSWORD).status_code == 303
    return browser
