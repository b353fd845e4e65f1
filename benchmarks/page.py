"""What a run of all benchmarks gave, as one page that needs nothing else: tables, and bars drawn as SVG. Pure.

A bar shows the ratio of a figure to its baseline of the same run, on a scale of powers of ten with 1 in the middle;
below it, hatched, stands that of the run before. What was not measured is not drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from benchmarks.timing import short

_WIDE, _TALL, _TENS = 260, 20, 4
"""The size of a drawing in pixels, and how many powers of ten there are on each side of 1."""
_HATCH = (
    '<svg width="0" height="0"><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/>'
    '<rect width="2" height="5" fill="#7c8ca3"/></pattern></svg>'
)
_STYLE = (
    "body{font:14px/1.45 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1c2735}"
    "table{border-collapse:collapse;width:100%;margin:.4rem 0 1.6rem}h2{font-size:1.05rem;margin:0}"
    "td,th{text-align:left;padding:.2rem .5rem;border-bottom:1px solid #c8d1dc;vertical-align:middle}"
    "td.n,th.n{text-align:right;white-space:nowrap}.soft{color:#5c6b80}.failed{color:#a3142b;font-weight:600}"
)

Figure = Mapping[str, Any]


def page(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """Return the page of a run beside the one before, where there was one."""
    held = {one["name"]: one for one in (before or {}).get("runs", ())}
    runs = "".join(_run(one, held.get(one["name"])) for one in now["runs"])
    failed = [one["name"] for one in now["runs"] if one["failed"]]
    told = f'<p class="failed">{len(failed)} failed: {escape("; ".join(failed))}</p>' if failed else ""
    beside = f"Beside it: {_head(before)}" if before else "There is no run before it."
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Benchmarks, {escape(now["at"])}</title>'
        f"<style>{_STYLE}</style>{_HATCH}<h1>Benchmarks</h1><p>{_head(now)}</p>"
        f'<p class="soft">{beside}<br>Ratios are to a baseline of the same run, and compare between runs; milliseconds'
        " and rates of two runs compare only on a machine that was equally quiet. Bars: ratio from 1:10<sup>4</sup>"
        f" to 10<sup>4</sup>:1, the line is 1; hatched is the run before.</p>{told}{runs}</html>\n"
    )


def _head(run: Mapping[str, Any]) -> str:
    load = f"load {run['load'][0]:.1f} before, {run['load_after'][0]:.1f} after"
    told = (run["at"], f"commit {run['commit']}", run["machine"], f"{run['cores']} cores", f"Python {run['python']}")
    return escape(", ".join((*told, load)))


def _run(run: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    held = {one["name"]: one for one in (before or {}).get("figures", ())}
    named = {one["name"] for one in run["figures"]}
    rows = [_row(one, held.get(one["name"])) for one in run["figures"]]
    rows += [_missing(one) for name, one in held.items() if name not in named]
    failed = f'<p class="failed">failed: {escape(run["failed"])}</p>' if run["failed"] else ""
    head = '<tr><th>figure<th>values<th class="n">ratio<th class="n">before<th class="n">of it<th></tr>'
    table = f"<table>{head}{''.join(rows)}</table>" if rows else ""
    took = f'<span class="soft">{run["seconds"]:.0f} s, load {run["load"]:.1f}</span>'
    return f"<h2>{escape(run['name'])} {took}</h2>{failed}{table}"


def _row(one: Figure, before: Figure | None) -> str:
    ratio, old = one["ratio"], before["ratio"] if before else None
    values = ", ".join(f"{name} {short(value)}" for name, value in one["values"].items())
    to = f' <span class="soft">× {escape(one["to"])}</span>' if ratio is not None else ""
    share = short(ratio / old) if ratio is not None and old else ""
    numbers = "".join(f'<td class="n">{told}' for told in (f"{_said(ratio)}{to}", _said(old), share))
    return f"<tr><td>{escape(one['name'])}<td>{escape(values)}{numbers}<td>{bars(ratio, old)}</tr>"


def _missing(one: Figure) -> str:
    return f'<tr><td>{escape(one["name"])}<td class="failed">failed<td><td class="n">{_said(one["ratio"])}<td><td></tr>'


def _said(ratio: float | None) -> str:
    return "" if ratio is None else short(ratio)


def bars(ratio: float | None, before: float | None) -> str:
    """Return the drawing of a ratio and of the one before; empty where there is none."""
    given: Sequence[tuple[float | None, float, str]] = ((ratio, 2, "#2f5d9b"), (before, 11, "url(#h)"))
    drawn = "".join(_bar(value, top, fill) for value, top, fill in given if value)
    if not drawn:
        return ""
    line = f'<path d="M{_WIDE / 2} 0V{_TALL}" stroke="#5c6b80"/>'
    said = f"ratio {_said(ratio)}, before {_said(before) or 'unknown'}"
    return f'<svg width="{_WIDE}" height="{_TALL}" role="img" aria-label="{said}">{drawn}{line}</svg>'


def _bar(value: float, top: float, fill: str) -> str:
    end = _WIDE / 2 * (1 + max(-1.0, min(1.0, math.log10(value) / _TENS)))
    left, wide = min(end, _WIDE / 2), abs(end - _WIDE / 2)
    return f'<rect x="{left:.1f}" y="{top}" width="{max(wide, 1):.1f}" height="7" fill="{fill}"/>'
