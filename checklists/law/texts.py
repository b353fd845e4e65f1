"""The words of the articles that rows cite: taken once at build time from a public collection, with its source.

Only what stands here, or what somebody types from a scan, may be confirmed: nobody confirms a text that is not shown.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from checklists.law.clauses import CLAUSE
from checklists.patterns import pattern
from checklists.values import frozen

PATH = Path(__file__).with_name("texts.json.gz")

_ITEM = pattern(r"（([一二三四五六七八九十]+)）")


@frozen
class Article:
    """An article of one version of a law, its paragraphs by lines; `source` says where its words were read."""

    law: str
    version: str
    number: str
    text: str
    source: str = ""


def article(law: str, version: str, clause: str) -> tuple[Article, ...]:
    """Return the articles that a clause names, as far as the product has their words."""
    held = _texts()["laws"].get(law)
    if held is None or held["version"] != version:
        return ()
    found = ((number, held["articles"].get(number)) for number in articles_of(clause))
    return tuple(Article(law, version, number, text, source()) for number, text in found if text)


def words_of(law: str, version: str, clause: str) -> str:
    """Return the words of all articles that a clause names; empty where the product lacks one of them."""
    found = article(law, version, clause)
    whole = bool(found) and len(found) == len(articles_of(clause))
    return "\n".join(f"第{one.number}条　{one.text}" for one in found) if whole else ""


def passage(law: str, version: str, clause: str) -> str:
    """Return the very paragraph or items that a clause names, items after the words that lead into them.

    Empty where the product lacks the words, or the article has no such paragraph or item.
    """
    match, held = CLAUSE.fullmatch(clause), article(law, version, clause)
    if match is None or not held:
        return ""
    if len(held) > 1 or not (match[2] or match[3]):
        return words_of(law, version, clause)
    paragraphs = _paragraphs(held[0].text)
    wanted = [int(one) for one in re.findall(r"\d+", match[2] or "")]
    wanted = list(range(wanted[0], wanted[-1] + 1)) if "–" in (match[2] or "") else wanted
    items = [int(one) for one in re.findall(r"\((\d+)\)", match[3])]
    chosen = wanted or [number for number, (_lead, held_) in enumerate(paragraphs, start=1) if held_][:1]
    if not chosen or max(chosen) > len(paragraphs):
        return ""
    said = []
    for number in chosen:
        lead, known = paragraphs[number - 1]
        if items and not set(items) <= set(known):
            return ""
        said += [lead, *(known[item] for item in items or known)]
    return "\n".join(said)


def _paragraphs(text: str) -> list[tuple[str, dict[int, str]]]:
    """Return the paragraphs of an article, each with its items by number."""
    held: list[tuple[str, dict[int, str]]] = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item and held:
            held[-1][1][_count(item[1])] = line
        else:
            held.append((line, {}))
    return held


def _count(said: str) -> int:
    """Return an item's number: 十二 is 12."""
    digits = "零一二三四五六七八九"
    tens, found, ones = said.partition("十")
    if not found:
        return digits.index(said)
    return 10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0)


def articles_of(clause: str) -> tuple[str, ...]:
    """Return the numbers of the articles that a clause names: 109¶1(4) is 109, 44–46 are three."""
    match = CLAUSE.fullmatch(clause)
    if match is None:
        return ()
    numbers: list[str] = []
    for part in match[1].split("、"):
        first, _, last = part.partition("–")
        numbers += [str(one) for one in range(int(first), int(last or first) + 1)]
    return tuple(numbers)


def source() -> str:
    """Return where the texts were read."""
    told: Mapping[str, str] = _texts()["source"]
    return f"{told['index']} {told['package']} ({told['published']}), {told['key']}"


def versions() -> dict[str, str]:
    """Return the laws of which there are texts, with their version."""
    return {law: str(held["version"]) for law, held in _texts()["laws"].items()}


def whole() -> frozenset[tuple[str, str]]:
    """Return the laws, with their version, of which every article is here."""
    return frozenset((law, str(held["version"])) for law, held in _texts()["laws"].items() if held.get("whole"))


@lru_cache(maxsize=1)
def _texts() -> Any:
    if not PATH.exists():  # while the tool that makes it runs for the first time
        return {"source": {"index": "", "package": "", "published": "", "key": ""}, "laws": {}}
    return json.loads(gzip.decompress(PATH.read_bytes()))
