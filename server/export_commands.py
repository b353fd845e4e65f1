"""`python -m server export …`: a list as Excel without a page, as one user sees it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server.exporting import jobs
from server.office import Office
from server.store import audit, export_jobs, users
from server.terminal import say

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    group = commands.add_parser("export", help="lists as Excel").add_subparsers(dest="what", required=True)
    one = command(group, "list", _list, "write a list as somebody sees it")
    one.add_argument("kind", choices=jobs.LISTS)
    one.add_argument("--user", required=True, help="whose role, agency and area decide what is in it")
    one.add_argument("--to", type=Path, required=True, metavar="FILE")
    one.add_argument("--only", action="append", default=[], metavar="NAME=VALUE", help="as the page's filters")
    one.add_argument("--lang", choices=("zh_CN", "en"), default="zh_CN")
    command(group, "jobs", _jobs, "list the exports that were asked for on pages, the latest first")


def _list(office: Office, options: argparse.Namespace) -> int:
    user = users.by_login(options.user)
    if user is None or user.closed_at is not None or not jobs.may(str(user.role), options.kind):
        raise ValueError(f"{options.user} may not take out {options.kind}, or there is no such user")
    filters = dict(one.partition("=")[::2] for one in options.only)
    asked = jobs.asked_of(user, {**filters, "lang": options.lang})
    rows = jobs.make_list(office, options.kind, asked, options.to, "", lambda _done, _total: None)
    told = {"kind": options.kind, "rows": rows, **({"query": filters} if filters else {})}
    subject = f"export:{options.kind}"
    office.store.write_now(lambda: audit.note(who=options.user, action="export.done", subject=subject, detail=told))
    say(f"{options.to}: {rows} rows, {options.to.stat().st_size} bytes")
    return 0


def _jobs(_office: Office, _options: argparse.Namespace) -> int:
    for one in export_jobs.latest():
        far = f"{one.rows}/{one.total or '?'}"
        say(f"{one.made_at}  {one.login}  {one.kind}  {one.state}  {far}  {one.error}".rstrip())
    return 0
