"""`python -m server records …`: what waits for a person, and what he does about it; each act is in the audit log."""

from __future__ import annotations

import argparse
import sys

from server.office import Office
from server.store import audit, records
from server.store.waiting_acts import ACTS, act
from server.terminal import who


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg] # generic in the stubs alone
    """Add the commands."""
    group = commands.add_parser("records", help="records that wait for a person").add_subparsers(
        dest="what", required=True
    )
    one = group.add_parser("list-parked", help="list parked and conflicting records, oldest first")
    one.add_argument("--reason", default="", help="of this reason alone, such as shape_wrong")
    one.set_defaults(run=_list)
    for name, what in ACTS.items():
        one = group.add_parser(name, help=what.meaning)
        one.add_argument("digest", help="of the record, or so much of it that it is one alone")
        one.add_argument("--why", required=True, help="kept in the audit log; no personal data")
        one.set_defaults(run=_act_on, act=name)
    one = group.add_parser("retry-all", help="queue again everything that was parked for a reason")
    one.add_argument("reason")
    one.add_argument("--why", required=True, help="kept in the audit log; no personal data")
    one.set_defaults(run=_retry_all)


def _list(_office: Office, options: argparse.Namespace) -> int:
    for one in records.resting(options.reason):
        detail = f"  {one.detail}" if one.detail else ""
        sys.stdout.write(f"{one.digest}  {one.received_at}  {one.kind}  {one.state}  {one.reason}{detail}\n")
    return 0


def _act_on(office: Office, options: argparse.Namespace) -> int:
    digest = records.named(options.digest)
    if not office.store.write_now(lambda: act(options.act, digest, options.why, who())):
        raise ValueError(f"{digest}: this is not possible in its state; `records list-parked` shows it")
    sys.stdout.write(f"{digest} {options.act}: done\n")
    return 0


def _retry_all(office: Office, options: argparse.Namespace) -> int:
    def job() -> int:
        count = records.unpark(options.reason)
        audit.note(who=who(), action="record_retry", subject=f"reason:{options.reason}", purpose=options.why)
        return count

    sys.stdout.write(f"{office.store.write_now(job)} records are queued again\n")
    return 0
