"""Write `checklists/goods/reference/statutory_days.csv` by cnlunar: `python -m tools.build_statutory_days`.

The rest days that the State Council's 全国年节及纪念日放假办法 itself names, by the version that held when the year's
notice was given: what is known of a year before its notice. Run it again when those rules change or the years run out;
the result is committed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from cnlunar import Lunar

TARGET = Path(__file__).parent.parent / "checklists" / "goods" / "reference" / "statutory_days.csv"

COLUMNS = ("day", "holiday", "law_version", "clause", "source")

YEARS = range(2014, 2046)

SINCE_2025 = ("2024-11-10", "2")
"""Adopted on 10 November 2024: the eve of the Spring Festival and 2 May came to it."""

BEFORE = ("2013-12-11", "2")

SOURCE = "全国年节及纪念日放假办法, GitHub X-STORAGE/Laws 24f2939; lunar days by cnlunar 0.2.5"


def rows() -> Iterator[tuple[str, ...]]:
    """Yield each statutory rest day."""
    for year in YEARS:
        law = SINCE_2025 if year >= 2025 else BEFORE
        for day, holiday in sorted(_days(year, newer=law is SINCE_2025)):
            yield day.isoformat(), holiday, *law, SOURCE


def _days(year: int, *, newer: bool) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "元旦"
    yield from ((date(year, 5, day), "劳动节") for day in ((1, 2) if newer else (1,)))
    yield from ((date(year, 10, day), "国庆节") for day in (1, 2, 3))
    for count in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=count)
        found = Lunar(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001 - it takes naive times
        lunar = () if found.isLunarLeapMonth else (found.lunarMonth, found.lunarDay)
        if found.todaySolarTerms == "清明":
            yield day, "清明"
        if lunar == (1, 1):
            yield from ((day + timedelta(days=one), "春节") for one in range(-1 if newer else 0, 3))
        if lunar in ((5, 5), (8, 15)):
            yield day, "端午" if lunar == (5, 5) else "中秋"


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((COLUMNS, *rows()))
    TARGET.write_text(text.getvalue(), "utf-8")


if __name__ == "__main__":
    main()
