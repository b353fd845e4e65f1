"""`python -m server case …`: cases listed, shown and moved without a page. Every act is audited under its user."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from checklists.goods import holidays
from server import clock, paperwork
from server.accounts import Scope, scope_of
from server.cases import escalation, states, tables, words
from server.cases.casefile import Actor, Clock, Held
from server.cases.clockwork import is_overdue
from server.cases.machine import Refusal, possible
from server.exporting import case_file
from server.office import Office
from server.paperwork import Work
from server.store import (
    audit,
    case_apply,
    case_clocks,
    case_files,
    case_history,
    case_law,
    case_lists,
    case_numbers,
    case_story,
    cases,
    office_details,
    sight,
    users,
)
from server.store.case_models import CaseEvent
from server.store.models import FAR, Case
from server.store.office_models import User
from server.terminal import who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    case = commands.add_parser("case", help="cases: list, show, move").add_subparsers(dest="what", required=True)
    one = command(case, "list", _list, "list cases: overdue first, then tier and time left")
    for name in ("state", "owner", "tier", "due", "waits", "text"):
        one.add_argument(f"--{name}", default="")
    one.add_argument("--all", action="store_true", help="ended ones too")
    one.add_argument("--limit", type=int, default=50)
    _as_user(one, required=False)
    one = command(case, "show", _show, "show a case: state, clocks, documents, what may happen next, history")
    one.add_argument("case", help="its number or id")
    _as_user(one, required=False)
    one = command(case, "do", _do, "let an event happen to a case")
    one.add_argument("case", help="its number or id")
    one.add_argument("event", help="as `case table` names it")
    one.add_argument(
        "--data", default="{}", help='what the event is told, as JSON; "filled" has the blanks of its document'
    )
    one.add_argument("--version", type=int, help="refuse if the case is another by now")
    _as_user(one, required=True)
    one = command(case, "export", _export, "write the whole file of a case as a ZIP that proves itself")
    one.add_argument("case", help="its number or id")
    one.add_argument("--to", type=Path, required=True, metavar="FILE")
    _as_user(one, required=False)
    one = command(case, "verify", _verify, "check the history of every case, and the audit log")
    one = command(case, "recount", _recount, "count open clocks again; list those whose end moved")
    one = command(case, "holidays", _holidays, "publish a year's notice of holidays (CSV) and count clocks again")
    one.add_argument("file", type=Path, help="day,kind,name_zh,name_en,source; kind is rest or work")
    _as_user(one, required=True)
    one = command(case, "sign", _sign, "set the sign of an agency that begins its document numbers (示交)")
    one.add_argument("agency")
    one.add_argument("sign")
    _as_user(one, required=True)
    one = command(case, "office", _office, "tell what an agency prints on every document: name, address, bank …")
    one.add_argument("agency")
    one.add_argument("--data", default="{}", help='{"name": "…", "bank": "…"}; without it they are shown')
    _as_user(one, required=True)
    one = command(case, "paper", _paper, "write an issued document into a file")
    one.add_argument("document", help="its id, as `case show` has it")
    one.add_argument("--what", choices=sorted(paperwork.FILES), default="pdf")
    one.add_argument("--out", type=Path)
    one = command(case, "story", _story, "print a case as JSON: its states, documents and clocks")
    one.add_argument("case", help="its number or id")
    command(case, "table", _table, "print states, events and clocks as docs/cases.md has them")


def _as_user(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--user", required=required, help="who acts or looks, by login")


def _list(_office: Office, options: argparse.Namespace) -> int:
    wanted = case_lists.Wanted(
        active="all" if options.all else "open",
        state=options.state,
        owner=options.owner,
        tier=options.tier,
        due=options.due,
        waits=options.waits,
        text=options.text,
    )
    scope = _scope(options.user)
    page = case_lists.page(scope, wanted, limit=options.limit)
    for row in page.rows:
        _say(_line(row, page.now))
    _say(f"{len(page.rows)} of {case_lists.count(scope, wanted, page.now)}")
    return 0


def _line(row: Case, now: str) -> str:
    late = "OVERDUE " if str(row.next_due) <= now else ""
    due = "-" if row.next_due == FAR else f"{late}{row.next_due_rule} {row.next_due}"
    return f"{row.number}  {row.tier}  {row.state}  {row.owner or 'nobody'}  {due}  {row.party_name}"


def _show(_office: Office, options: argparse.Namespace) -> int:
    row = _case(options.case)
    if not sight.sees_case(_scope(options.user), row):
        raise ValueError(f"{options.user} does not see case {options.case}")
    now = clock.now()
    file = case_files.load(row, case_law.current()).file
    level = escalation.level_of(file, clock.read(now)).level
    _say(f"{row.number} ({row.id}) version {row.version}: {row.state} - {states.MAIN[str(row.state)]}")
    _say(f"agency {file.agency}, kept by {file.keeper}, owner {file.owner or 'nobody'}")
    _say(f"tier {file.tier}, now with: {level}")
    _say(f"party {file.party.name or '?'} ({file.party.kind or '?'}, {file.party.number or '?'})")
    _lines("violations", map(_violation, file.violations))
    _lines("undecided links", (" = ".join(one) for one in file.links))
    _lines("clocks", (_clock(one, now) for one in file.open_clocks))
    _lines("documents", (f"{one.kind} {one.status} {one.number} {one.side} {one.id}".rstrip() for one in file.papers))
    _lines("side tracks", (f"{one.kind} {one.id} {one.state}" for one in file.sides))
    if options.user:
        moves = possible(file, _actor(options.user))
        _lines("may try", dict.fromkeys(f"{one.event} {' '.join(one.needs)}".strip() for one in moves))
    _lines("history", map(_happened, case_history.of_case(file.id)))
    return 0


def _violation(held: Held) -> str:
    return f"{held.code} x{len(held.keys)} {held.severity} {'verified' if held.verified else 'not verified'}"


def _happened(row: CaseEvent) -> str:
    return f"{row.seq} {row.at} {row.event} {row.who or row.role} {row.reason}".rstrip()


def _clock(held: Clock, now: str) -> str:
    over = " OVERDUE" if is_overdue(held, now) else ""
    told = "paused" if held.paused_from else f"{held.due or 'by hand'} {held.sure}"
    return f"{held.rule} {told}{over} {held.why}".rstrip()


def _do(office: Office, options: argparse.Namespace) -> int:
    """Let the event happen; 4 where it is refused, with everything that is missing."""
    try:
        data = json.loads(options.data)
    except ValueError as problem:
        raise ValueError(f"--data: not JSON ({problem})") from problem
    if not isinstance(data, Mapping):
        raise ValueError('--data: an object is expected: {"reason": "…"}')
    told, id_ = dict(data), str(_case(options.case).id)
    filled, now = told.pop("filled", {}), clock.read(clock.now())
    held = paperwork.perform(office, Work(id_, options.event, told, _actor(options.user), filled, now, options.version))
    if isinstance(held, Refusal):
        for one in held.missing:
            sys.stderr.write(f"{one.code}: {words.CODES[one.code]} {one.detail}".rstrip() + "\n")
        return 4
    done, _draft = held
    _say(f"{done.case.number} {done.step.before.state} -> {done.case.state}, version {done.case.version}")
    _lines("numbers", done.numbers.values())
    _lines("documents due", (one.kind for one in done.step.after.papers_due))
    _lines("clocks", (_clock(one, clock.now()) for one in done.step.after.open_clocks))
    return 0


def _office(office: Office, options: argparse.Namespace) -> int:
    """Tell what an agency prints on every document, or show it."""
    actor, details = _actor(options.user), json.loads(options.data)

    def job() -> Mapping[str, str]:
        held = office_details.tell(options.agency, details)
        audit.note(who=actor.login, action="office.details", subject=f"{options.agency} {' '.join(sorted(details))}")
        return held

    told = office.store.write_now(job) if details else office_details.of_agency(options.agency)
    _lines(f"details of {options.agency}", (f"{name}: {value}" for name, value in sorted(told.items())))
    return 0


def _paper(office: Office, options: argparse.Namespace) -> int:
    """Write a document of a case as it was issued into a file."""
    try:
        name, _type, content = paperwork.read(office, options.document, options.what)
    except paperwork.NoFile:
        sys.stderr.write(f"no file of {options.document}\n")
        return 4
    path = options.out or Path(name.replace("/", "_"))
    path.write_bytes(content)
    _say(str(path))
    return 0


def _export(office: Office, options: argparse.Namespace) -> int:
    row = _case(options.case)
    by = options.user or who()
    if options.user and str(_user(options.user).role) not in case_file.ROLES:
        raise ValueError(f"the role of {options.user} may not take out the file of a case")
    try:
        made = case_file.export(office, str(row.id), options.to, by, _scope(options.user), purpose="case")
    except case_file.NoCase as problem:
        raise ValueError(f"{options.user} does not see case {options.case}") from problem
    _say(f"{options.to}: case {made.number}, {made.files} files, {options.to.stat().st_size} bytes")
    _say(f"python -m checklists verify-case {options.to} --office-key {office.key.public}")
    return 0


def _verify(_office: Office, _options: argparse.Namespace) -> int:
    broken = [(row.number, at) for row in Case.select() if (at := case_history.broken_at(str(row.id))) is not None]
    for number, at in broken:
        _say(f"case {number}: the history is broken at {at}")
    log = audit.broken_at()
    _say("the audit log holds" if log is None else f"the audit log is broken at {log}")
    return 3 if broken or log is not None else 0


def _recount(office: Office, _options: argparse.Namespace) -> int:
    _moved(case_clocks.recount_all(office.store))
    return 0


def _holidays(office: Office, options: argparse.Namespace) -> int:
    actor = _actor(options.user)
    if actor.role != "law_admin":
        raise ValueError(f"{actor.login} is {actor.role}; a notice of holidays is published by the law administrator")
    try:
        rows = holidays.read(options.file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ValueError(f"{options.file}: {problem.strerror}") from problem
    office.store.write_now(lambda: case_clocks.publish_holidays(rows, actor.login))
    _moved(case_clocks.recount_all(office.store, actor.login))
    return 0


def _moved(moved: Iterable[case_clocks.Moved]) -> None:
    told = list(moved)
    for one in told:
        before, after = one.change.before, one.change.after
        _say(f"{one.number} {after.rule}: {before.due or before.why} -> {after.due or after.why} ({after.sure})")
    _say(f"{len(told)} ends moved")


def _sign(office: Office, options: argparse.Namespace) -> int:
    actor = _actor(options.user)
    if actor.role not in ("leader", "system_admin"):
        raise ValueError(f"{actor.login} is {actor.role}; a leader or the system administrator sets the sign")

    def job() -> None:
        case_numbers.set_head(options.agency, options.sign)
        audit.note(who=actor.login, action="numbers.sign", subject=f"{options.agency} {options.sign}")

    office.store.write_now(job)
    _say(f"numbers of {options.agency} begin with {options.sign}")
    return 0


def _story(_office: Office, options: argparse.Namespace) -> int:
    _say(json.dumps(case_story.story_of(_case(options.case)), ensure_ascii=False))
    return 0


def _table(_office: Office, _options: argparse.Namespace) -> int:
    _say(tables.markdown())
    return 0


def _case(named: str) -> Case:
    held = cases.by_number(named)
    if held is None:
        raise ValueError(f"no case {named!r}; `case list` names them")
    return held


def _user(login: str) -> User:
    held = next((one for one in users.listing() if one.login == login and not one.closed_at), None)
    if held is None:
        raise ValueError(f"no user {login!r}; `user list` names them")
    return held


def _actor(login: str) -> Actor:
    return case_apply.actor_of(_user(login))


def _scope(login: str | None) -> Scope:
    """Whoever has the machine sees all; with a user, what that user sees."""
    if not login:
        return Scope(None)
    held = _user(login)
    return scope_of(str(held.role), str(held.agency), str(held.area))


def _lines(title: str, rows: Iterable[Any]) -> None:
    held = list(rows)
    if held:
        _say(f"{title}:")
    for one in held:
        _say(f"  {one}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
