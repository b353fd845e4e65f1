"""Write `checklists/goods/reference/holidays.csv` from the package chinesecalendar: `python -m tools.build_holidays`.

Run it once a year, after the State Council's notice and the package's release; the result is committed. Saturdays and
Sundays are not listed unless they belong to a holiday (rest) or are made up for one (work).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays

TARGET = Path(__file__).parent.parent / "checklists" / "goods" / "reference" / "holidays.csv"

COLUMNS = ("day", "kind", "name_zh", "name_en", "source")


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the holidays (`rest`) and make-up workdays (`work`) by day."""
    source = f"State Council holiday notices, as in chinesecalendar {version('chinesecalendar')}"
    named: dict[date, tuple[str, str]] = {day: ("rest", str(name)) for day, name in holidays.items()}
    named |= {day: ("work", str(name)) for day, name in workdays.items()}
    for day, (kind, name) in sorted(named.items()):
        yield day.isoformat(), kind, Holiday(name).chinese, name, source


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((COLUMNS, *rows()))
    TARGET.write_text(text.getvalue(), "utf-8")


if __name__ == "__main__":
    main()
