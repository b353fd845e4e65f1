"""Who gets in where: every route of the real router, for every role, of the agency that owns the thing and of another.

A route without a row fails. Forms are sent so that nothing comes of them: what is asked is who is let in at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from falcon import inspect

from checklists import words
from checklists.wire import canonical, to_plain
from checklists.wire import digest as digest_of
from server import publishing
from server.app import create_app
from server.cases.casefile import Actor
from server.config import Config
from server.documents.forms import FORMS
from server.exporting import jobs
from server.intake import registry_file
from server.intake.unsealed import path as unsealed_path
from server.office import Office, open_office
from server.refusals import REFUSALS
from server.rights import RIGHTS, SEERS, may
from server.store import bodies, case_scans, drafts, export_jobs, office_details, records, unsealed, users
from server.store.case_models import CaseDocument
from server.store.draft_models import TrialRun
from server.store.education_models import EducationSession, LessonDraft, Seat
from server.store.feed_models import CheckNumber
from server.store.models import Case
from server.store.paper_models import LawConfirmation
from server.store.steering_models import Campaign, ReleasePass
from server.store.tier_models import CarrierTier, PersonSign
from tests.loaded import load_all
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD, Stage, play

ROLES = (*SEERS, "system_admin")
EVERYWHERE = ("supervisor", "law_admin")
NOBODY: tuple[str, ...] = ()
SHA = digest_of(b"%PDF-1.7 scan")


@dataclass
class Made:
    """The office, everybody's browser by agency and role, and what the rows' addresses name."""

    stage: Stage
    browsers: dict[tuple[str, str], Browser]
    case: Case
    record: str
    paper: str
    photo: str
    kind: str
    draft: str
    job: str
    user: int
    aside: int
    inspection: str


@dataclass(frozen=True)
class Row:
    """A route: its address, who gets in of the owning agency and of another, and what is posted.

    `inner`: the page itself says who may take the step, by a table that has tests of its own.
    """

    address: Callable[[Made], str] | str
    own: tuple[str, ...]
    foreign: tuple[str, ...] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    inner: bool = False


def _page(address: str, roles: tuple[str, ...], **fields: str) -> Row:
    return Row(address, roles, roles, fields)


def _of_case(tail: str, own: tuple[str, ...] = SEERS, **told: Any) -> Row:
    foreign = tuple(role for role in own if role in EVERYWHERE)
    return Row(lambda made: f"/console/cases/{made.case.id}{tail.format(**vars(made))}", own, foreign, **told)


def _of_record(tail: str, own: tuple[str, ...] = SEERS, **fields: str) -> Row:
    foreign = tuple(role for role in own if role in EVERYWHERE)
    return Row(lambda made: f"/console/records/{made.record}{tail.format(**vars(made))}", own, foreign, fields)


def _known(path: str, role: str) -> Row:
    """The 360° page of something that was aboard at a check."""

    def address(made: Made) -> str:
        number = str(CheckNumber.get(CheckNumber.role == role).number)
        sign = str(PersonSign.get(PersonSign.key == number).sign) if role == "driver" else number
        return f"/console/{path}/{quote(sign, safe='')}"

    return Row(address, may("known"), may("known"))


def _ledger(path: str, role: str, tail: str, roles: tuple[str, ...]) -> Row:
    """The ledger of something that was aboard at a check."""
    known = _known(path, role).address
    assert not isinstance(known, str)

    def address(made: Made) -> str:
        return f"{known(made).replace('/console/', '/console/ledger/')}{tail}"

    return Row(address, roles, roles)


def _of_session(tail: str, roles: tuple[str, ...]) -> Row:
    """A session of the owning agency, held and closed."""
    foreign = tuple(role for role in roles if role in EVERYWHERE)
    return Row(lambda _made: f"/console/sessions/{EducationSession.get().id}{tail}", roles, foreign)


ADMINS = ("system_admin",)
CHANGE = "/console/drafts/1/change?kind=item&name=TNK-05"
ROWS: dict[tuple[str, str], Row] = {
    ("GET", "/"): _page("/", ROLES),
    ("GET", "/console/account"): _page("/console/account", ROLES),
    ("POST", "/console/account"): _page("/console/account", ROLES, old="x", new="y", again="z"),
    ("GET", "/console/admin"): _page("/console/admin", ROLES),
    ("GET", "/console/alerts"): _page("/console/alerts", may("alerts")),
    ("GET", "/console/alerts/{task}"): _page("/console/alerts/alert-none", NOBODY),
    ("POST", "/console/alerts/{task}"): _page(
        "/console/alerts/alert-none", may("alerts_answer"), did="called", note=""
    ),
    ("GET", "/console/audit"): _page("/console/audit", may("audit")),
    ("POST", "/console/audit"): _page("/console/audit", may("audit"), knows="x"),
    ("GET", "/console/carriers/{sign}"): _known("carriers", "carrier"),
    ("GET", "/console/cases"): _page("/console/cases", SEERS),
    ("GET", "/console/cases/assign"): _page("/console/cases/assign", NOBODY),
    ("POST", "/console/cases/assign"): _page("/console/cases/assign", may("assign")),
    ("GET", "/console/cases/export"): _page("/console/cases/export", NOBODY),
    ("POST", "/console/cases/export"): _page("/console/cases/export", SEERS),
    ("GET", "/console/cases/lists"): _page("/console/cases/lists", NOBODY),
    ("POST", "/console/cases/lists"): _page("/console/cases/lists", SEERS, act="remove", name="x"),
    ("GET", "/console/cases/{case_id}"): _of_case(""),
    ("GET", "/console/cases/{case_id}/do/{event}"): _of_case("/do/close", inner=True),
    ("POST", "/console/cases/{case_id}/do/{event}"): _of_case("/do/close", inner=True, fields={"version": "1"}),
    ("GET", "/console/cases/{case_id}/documents/{kind}"): _of_case("/documents/{kind}"),
    ("POST", "/console/cases/{case_id}/documents/{kind}"): _of_case("/documents/{kind}", may("write_documents")),
    ("GET", "/console/cases/{case_id}/documents/{kind}/draft.{what}"): _of_case("/documents/{kind}/draft.docx"),
    ("GET", "/console/cases/{case_id}/files/{sha256}"): _of_case(f"/files/{SHA}"),
    ("GET", "/console/cases/{case_id}/papers/{document}/{what}"): _of_case("/papers/D-1/pdf"),
    ("GET", "/console/cases/{case_id}/proofs"): _of_case("/proofs"),
    ("POST", "/console/cases/{case_id}/proofs"): _of_case(
        "/proofs", may("way_back"), fields={"act": "revoke", "why": ""}
    ),
    ("GET", "/console/cases/{case_id}/file"): _of_case("/file", NOBODY),
    ("POST", "/console/cases/{case_id}/file"): _of_case("/file", may("export_file")),
    ("GET", "/console/devices"): _page("/console/devices", may("devices")),
    ("POST", "/console/devices"): _page("/console/devices", may("devices"), act="x"),
    ("GET", "/console/devices/publish"): _page("/console/devices/publish", NOBODY),
    ("POST", "/console/devices/publish"): _page("/console/devices/publish", may("publish")),
    ("GET", "/console/discretion"): _page("/console/discretion", may("discretion")),
    ("POST", "/console/discretion"): _page("/console/discretion", may("discretion_publish")),
    ("GET", "/console/discretion/template.csv"): _page("/console/discretion/template.csv", may("discretion_publish")),
    ("GET", "/console/drafts"): _page("/console/drafts", may("drafts")),
    ("POST", "/console/drafts"): _page("/console/drafts", may("drafts_write")),
    ("GET", "/console/drafts/{draft}"): _page("/console/drafts/1", may("drafts")),
    ("POST", "/console/drafts/{draft}"): _page("/console/drafts/1", may("drafts"), act="head"),
    ("GET", "/console/drafts/{draft}/change"): _page(CHANGE, may("drafts")),
    ("POST", "/console/drafts/{draft}/change"): _page(CHANGE, may("drafts_write")),
    ("GET", "/console/drafts/{draft}/trials/{run}"): _page("/console/drafts/1/trials/1", may("drafts")),
    ("GET", "/console/drafts/xlsform/{name}"): _page("/console/drafts/xlsform/cn-joint.xlsx", may("drafts")),
    ("GET", "/console/exports"): _page("/console/exports", ROLES),
    ("POST", "/console/exports"): _page("/console/exports", may("export_audit"), kind="audit"),
    ("GET", "/console/exports/{job}"): Row(lambda made: f"/console/exports/{made.job}", ("handler",), NOBODY),
    ("POST", "/console/exports/{job}"): Row(lambda made: f"/console/exports/{made.job}", ("handler",), NOBODY),
    ("GET", "/console/figures"): _page("/console/figures", may("figures")),
    ("GET", "/console/figures/checks"): _page("/console/figures/checks", may("figures")),
    ("GET", "/console/figures/funnel"): _page("/console/figures/funnel", may("figures")),
    ("GET", "/console/figures/map"): _page("/console/figures/map", may("figures")),
    ("GET", "/console/figures/pairs"): _page("/console/figures/pairs", may("figures_pairs")),
    ("GET", "/console/figures/plan"): _page("/console/figures/plan", may("plan")),
    ("GET", "/console/fleet"): _page("/console/fleet", may("fleet")),
    ("GET", "/console/handovers"): _page("/console/handovers", SEERS),
    ("GET", "/console/holidays"): _page("/console/holidays", may("holidays")),
    ("POST", "/console/holidays"): _page("/console/holidays", may("holidays_publish")),
    ("GET", "/console/imports"): _page("/console/imports", may("import")),
    ("POST", "/console/imports"): _page("/console/imports", may("import_orders"), kind="order"),
    ("GET", "/console/imports/template/{kind}.xlsx"): _page(
        "/console/imports/template/officer.xlsx", may("import_office")
    ),
    ("GET", "/console/imports/{draft}"): Row(
        lambda made: f"/console/imports/{made.draft}", ("handler", "leader"), NOBODY
    ),
    ("POST", "/console/imports/{draft}"): Row(
        lambda made: f"/console/imports/{made.draft}", ("handler", "leader"), NOBODY, {"act": "x"}
    ),
    ("GET", "/console/inbox"): _page("/console/inbox", ROLES),
    ("GET", "/console/known"): _page("/console/known", may("known")),
    ("POST", "/console/known"): _page("/console/known", may("known"), kind="tank", number="GT-0"),
    ("GET", "/console/ledger"): _page("/console/ledger", may("ledger")),
    ("GET", "/console/ledger/carriers/{sign}"): _ledger("carriers", "carrier", "", may("ledger")),
    ("GET", "/console/ledger/carriers/{sign}/do/{act}"): _ledger("carriers", "carrier", "/do/visit", NOBODY),
    ("POST", "/console/ledger/carriers/{sign}/do/{act}"): _ledger(
        "carriers", "carrier", "/do/visit", may("ledger_keep")
    ),
    ("GET", "/console/ledger/people/{sign}"): _ledger("people", "driver", "", may("ledger")),
    ("GET", "/console/ledger/people/{sign}/do/{act}"): _ledger("people", "driver", "/do/visit", NOBODY),
    ("POST", "/console/ledger/people/{sign}/do/{act}"): _ledger("people", "driver", "/do/visit", may("ledger_keep")),
    ("GET", "/console/lessons"): _page("/console/lessons", may("lessons")),
    ("POST", "/console/lessons"): _page("/console/lessons", may("lessons_write")),
    ("GET", "/console/lessons/{draft}"): _page("/console/lessons/1", may("lessons")),
    ("POST", "/console/lessons/{draft}"): _page("/console/lessons/1", may("lessons_write"), edited="-1"),
    ("GET", "/console/lessons/{draft}/do/{act}"): _page("/console/lessons/1/do/back", NOBODY),
    ("POST", "/console/lessons/{draft}/do/{act}"): _page("/console/lessons/1/do/back", may("lessons_approve")),
    ("GET", "/console/sessions"): _page("/console/sessions", may("ledger")),
    ("POST", "/console/sessions"): _page("/console/sessions", may("sessions_keep")),
    ("GET", "/console/sessions/{session}"): _of_session("", may("ledger")),
    ("GET", "/console/sessions/{session}/lesson"): _of_session("/lesson", may("ledger")),
    ("GET", "/console/sessions/{session}/do/{act}"): _of_session("/do/invite", NOBODY),
    ("POST", "/console/sessions/{session}/do/{act}"): _of_session("/do/invite", may("sessions_keep")),
    ("GET", "/console/sessions/{session}/certificates/{number}"): _of_session("/certificates/1", may("sessions_keep")),
    ("GET", "/console/law"): _page("/console/law", may("law")),
    ("POST", "/console/law"): _page("/console/law", may("law_propose"), act="propose"),
    ("GET", "/console/law/scans/{sha256}"): _page(f"/console/law/scans/{SHA}", may("law")),
    ("GET", "/console/office"): _page("/console/office", may("office")),
    ("POST", "/console/office"): Row("/console/office", may("office"), ADMINS, {"agency": "T"}),
    ("GET", "/console/officers"): _page("/console/officers", may("pins")),
    ("POST", "/console/officers"): Row("/console/officers", may("pins"), ADMINS, {"officer": "T-001", "act": "x"}),
    ("GET", "/console/orders"): _page("/console/orders", may("orders_see")),
    ("POST", "/console/orders"): _page("/console/orders", may("orders"), on="x"),
    ("GET", "/console/orders/{order}"): _page("/console/orders/1", NOBODY),
    ("POST", "/console/orders/{order}"): _page("/console/orders/999", may("orders"), why="x"),
    ("GET", "/console/passes"): _page("/console/passes", may("passes")),
    ("GET", "/console/passes/{number}"): _page("/console/passes/T0001-C000001", NOBODY),
    ("POST", "/console/passes/{number}"): Row(
        "/console/passes/T0001-C000001", may("passes_withdraw"), ("supervisor",), {"why": ""}
    ),
    ("GET", "/console/repeats"): _page("/console/repeats", may("repeats")),
    ("GET", "/console/campaigns"): _page("/console/campaigns", may("campaigns")),
    ("POST", "/console/campaigns"): _page("/console/campaigns", may("campaigns_keep"), name="x"),
    ("GET", "/console/campaigns/{campaign}"): _page("/console/campaigns/c-1", may("campaigns")),
    ("POST", "/console/campaigns/{campaign}"): _page("/console/campaigns/c-1", may("campaigns_keep"), name="x"),
    ("GET", "/console/campaigns/{campaign}/end"): _page("/console/campaigns/c-1/end", NOBODY),
    ("POST", "/console/campaigns/{campaign}/end"): _page("/console/campaigns/c-1/end", may("campaigns_keep"), why="x"),
    ("GET", "/console/watch"): _page("/console/watch", may("watch")),
    ("POST", "/console/watch"): _page("/console/watch", may("watch_keep"), on="x"),
    ("GET", "/console/watch/{entry}"): _page("/console/watch/none", NOBODY),
    ("POST", "/console/watch/{entry}"): _page("/console/watch/none", may("watch_keep"), why="x"),
    ("GET", "/console/people/{sign}"): _known("people", "driver"),
    ("GET", "/console/photos/{sha256}"): Row(
        lambda made: f"/console/photos/{made.photo}", SEERS, SEERS
    ),  # both were there
    ("GET", "/console/purpose"): Row(lambda made: f"/console/purpose?about={made.inspection}", SEERS, EVERYWHERE),
    ("POST", "/console/purpose"): Row("/console/purpose", SEERS, EVERYWHERE, {"about": "{inspection}"}),
    ("GET", "/console/records/{digest}"): _of_record(""),
    ("GET", "/console/records/{digest}/do/{name}"): _of_record("/do/retry", NOBODY),
    ("POST", "/console/records/{digest}/do/{name}"): _of_record("/do/retry", may("settle")),
    ("GET", "/console/records/{digest}/papers/{number}"): _of_record("/papers/{paper}"),
    ("GET", "/console/records/{digest}/sealed"): _of_record("/sealed"),
    ("GET", "/console/roles"): _page("/console/roles", ROLES),
    ("GET", "/console/search"): _page("/console/search?q=1832", SEERS),
    ("GET", "/console/sites"): _page("/console/sites", may("sites")),
    ("POST", "/console/sites"): _page("/console/sites", may("sites")),
    ("GET", "/console/tanks/{sign}"): _known("tanks", "tank"),
    ("GET", "/console/tiers"): _page("/console/tiers", may("tiers")),
    ("GET", "/console/tiers/formula"): _page("/console/tiers/formula", may("tiers")),
    ("GET", "/console/tiers/hand"): _page("/console/tiers/hand", NOBODY),
    ("POST", "/console/tiers/hand"): _page("/console/tiers/hand", may("tiers_set"), key="9115", level="x"),
    ("GET", "/console/unsealed"): _page("/console/unsealed", ROLES),
    ("GET", "/console/unsealed/{number}"): Row(lambda made: f"/console/unsealed/{made.aside}", SEERS, EVERYWHERE),
    ("GET", "/console/users"): _page("/console/users", may("users")),
    ("GET", "/console/users/new"): _page("/console/users/new", may("users")),
    ("POST", "/console/users/new"): _page("/console/users/new", may("users")),
    ("GET", "/console/users/{number}"): Row(lambda made: f"/console/users/{made.user}", ADMINS, ADMINS),
    ("POST", "/console/users/{number}"): Row(lambda made: f"/console/users/{made.user}", ADMINS, ADMINS, {"act": "x"}),
    ("GET", "/console/vehicles/{sign}"): _known("vehicles", "vehicle"),
}
OPEN = {
    *(("GET", one) for one in ("/healthz", "/readyz", "/metrics", "/openapi.json", "/v1/hub")),
    ("GET", "/console/static/{name}"),
    ("GET", "/console/login"),
    ("POST", "/console/login"),
    ("POST", "/console/logout"),
    ("GET", "/s/{token}"),
    ("POST", "/s/{token}"),
    ("GET", "/w/{token}"),
    ("POST", "/w/{token}"),
    *(("OPTIONS", one) for one in ("/v1/photos", "/v1/photos/{sha256}")),
}
"""Open to everybody, with tests of their own: signs of life, styles, the door, the quiz, what uploads may ask."""
API: dict[tuple[str, str], tuple[Callable[[Made], str] | str, int, int, int]] = {
    ("GET", "/v1/changes"): ("/v1/changes", 401, 200, 200),
    ("POST", "/v1/devices"): ("/v1/devices", 400, 400, 400),
    ("POST", "/v1/devices/return"): ("/v1/devices/return", 401, 400, 400),
    ("POST", "/v1/devices/status"): ("/v1/devices/status", 401, 400, 400),
    ("POST", "/v1/handovers"): ("/v1/handovers", 401, 400, 400),
    ("GET", "/v1/hub/devices"): ("/v1/hub/devices", 401, 403, 403),
    ("GET", "/v1/passes/{number}"): ("/v1/passes/T0001-C000001", 401, 200, 200),
    ("GET", "/v1/packages"): ("/v1/packages", 401, 200, 200),
    ("GET", "/v1/packages/{package}"): ("/v1/packages/none@1", 401, 404, 404),
    ("POST", "/v1/photos"): ("/v1/photos", 401, 412, 412),
    ("HEAD", "/v1/photos/{sha256}"): (f"/v1/photos/{SHA}", 401, 412, 412),
    ("PATCH", "/v1/photos/{sha256}"): (f"/v1/photos/{SHA}", 401, 412, 412),
    ("DELETE", "/v1/photos/{sha256}"): (f"/v1/photos/{SHA}", 401, 412, 412),
    ("POST", "/v1/receipts"): ("/v1/receipts", 401, 200, 200),
    ("POST", "/v1/records"): ("/v1/records", 401, 400, 400),
    ("GET", "/v1/records/{digest}"): (lambda made: f"/v1/records/{made.record}", 401, 200, 404),
    ("POST", "/v1/tasks/{task}/acts"): ("/v1/tasks/none/acts", 401, 400, 400),
}
"""Address, then the status for somebody of the console, for the owner's tablet, and for a tablet of another agency."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县", stall_seconds=2))
    stage = play(office, many=3)
    for agency in ("T", "P"):
        for role in ROLES:
            told = {"login": f"{role}-{agency}", "name": role, "role": role, "agency": agency, "password": PASSWORD}
            office.store.write_now(lambda told=told: users.add(**told))  # type: ignore[misc]
    browsers = {
        (agency, role): Browser(office, f"{role}-{agency}", shy=True) for agency in ("T", "P") for role in ROLES
    }
    yield _made(stage, browsers)
    office.close()


def _made(stage: Stage, browsers: dict[tuple[str, str], Browser]) -> Made:
    office = stage.office
    story, own = records.by_digest(stage.digests["story"]), records.by_digest(stage.digests["unknown"])
    assert story is not None and own is not None
    case = Case.get(Case.inspection == story.inspection, Case.agency == "T")
    page = browsers["T", "leader"].get(f"/console/records/{stage.digests['story']}").text
    photo = page.split("/console/photos/")[1][:64]
    given = {"digest": own.digest, "inspection": own.inspection, "device": own.device, "plate": "蒙K12345"}
    told = {**given, "number": "T0001-C000001", "at": "2026-11-28T00:00:00.000Z", "until": "2026-11-29T00:00:00.000Z"}
    office.store.write_now(lambda: ReleasePass.create(**told))
    draft, _preview = registry_file.draft(
        office, "vehicle", "车辆.csv", "plate,colour\n蒙K88001,yellow\n".encode(), who="handler-T", agency="T"
    )
    return Made(
        stage=stage,
        browsers=browsers,
        case=case,
        record=str(own.digest),
        paper=str(json.loads(bodies.of(own))["papers"][0]["number"]),
        photo=photo,
        kind=_kind(browsers["T", "leader"], case),
        draft=str(draft.id),
        job=_job(office),
        user=int(users.listing()[0].id),
        aside=_aside(office, str(own.device)),
        inspection=str(own.inspection),
    )


def _kind(browser: Browser, case: Case) -> str:
    """A document that the case offers."""
    return next(kind for kind in FORMS if browser.get(f"/console/cases/{case.id}/documents/{kind}").status_code == 200)


def _job(office: Office) -> str:
    job = office.store.write_now(lambda: export_jobs.ask("handler-T", "T", "cases", {}, "case"))
    office.store.write_now(lambda: export_jobs.claim("test"))
    (jobs.folder(office) / "x.xlsx").write_bytes(b"x")
    assert office.store.write_now(lambda: export_jobs.done(str(job.id), "test", "x.xlsx", SHA, 0))
    return str(job.id)


def _aside(office: Office, device: str) -> int:
    """A file that the tablet of T handed over without a seal."""
    place = unsealed_path(office, "other", "a.json")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("{}")
    row = {"device": device, "inspection": "other", "name": "a.json", "digest": SHA, "bytes": 2, "brought_by": device}
    return int(office.store.write_now(lambda: unsealed.add(row, "2026-11-28T00:00:00.000Z")).id)


def _teach() -> None:
    """A session of T that is closed, with one who came."""
    told = {"agency": "T", "carrier": "9115", "name": "x", "starts": "2026-11-28T09:00", "place": "x", "held_by": "x"}
    told |= {"pack": "x", "state": "closed", "token": "x", "made_by": "x", "made_at": "x"}
    lesson = canonical(to_plain(next(iter(load_all().lessons.values())))).decode()
    EducationSession.create(**{**told, "id": "s-1", "asked": 3, "lesson": lesson})
    body = '{"fields": {}, "authors": []}'
    LessonDraft.create(lesson="office-1", version="", state="draft", made_by="x", made_at="x", body=body)
    Seat.create(session="s-1", number=1, name="x", code="0000", came="yes")
    office_details.tell("T", {"name": "示例县交通运输局"})


@pytest.fixture(scope="module", autouse=True)
def files(made: Made) -> None:
    """A scan that the case and a clause name, and an issued document of the case."""
    office = made.stage.office

    def job() -> None:
        case_scans.keep(SHA, "application/pdf", 13, "scan.pdf", "x")
        held = {
            "case": made.case.id,
            "kind": "other",
            "status": "issued",
            "by_event": "x",
            "document": "D-1",
            "pdf": SHA,
        }
        CaseDocument.create(**held)
        names = ("code", "part", "law", "version", "clause", "text", "text_digest", "text_source", "proposed_name")
        told = {"proposed_by": "x", "proposed_role": "law_admin", "proposed_at": "2026-11-28T00:00:00.000Z"}
        LawConfirmation.create(**dict.fromkeys(names, "x"), scan=SHA, **told)
        CarrierTier.create(key="9115")
        _teach()
        drafts.create("草稿", drafts.today().isoformat(), Actor("x", "x", "law_admin"))
        TrialRun.create(draft=1, digest="x", login="x", asked=50, made_at="2026-11-28T00:00:00.000Z", state="failed")
        told = {"made_by": "x", "made_agency": "T", "made_at": "2026-11-28T00:00:00.000Z", "unit": "x"}
        Campaign.create(id="c-1", name="x", why="x", since="2026-01-01", until="2999-01-01", **told)
        if not CheckNumber.select().where(CheckNumber.role == "tank").exists():
            CheckNumber.create(number="GT0", role="tank", inspection="other", at="2026-11-28T00:00:00.000Z")

    office.store.write_now(job)
    place = office.photo_files.path(SHA)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"%PDF-1.7 scan")


def routes(office: Office) -> set[tuple[str, str]]:
    every = inspect.inspect_routes(create_app(office))
    return {(one.method, route.path) for route in every for one in route.methods if not one.internal}


def test_every_route_has_a_row_and_every_row_a_route(made: Made) -> None:
    assert routes(made.stage.office) == {*ROWS, *OPEN, *API}


def test_every_right_is_of_known_roles_and_used() -> None:
    assert {role for right in RIGHTS.values() for role in right.roles} == set(ROLES)


def outcome(result: Any) -> str:
    """What became of it: in, asked for the purpose (which is in), refused, hidden, or sent to the login."""
    hidden = words.catalogue("zh_CN", "server").gettext(REFUSALS["not_found"].title)
    if result.status_code == 303 and result.headers["location"].startswith("/console/login"):
        return "login"
    if result.status_code == 404 and hidden in result.text:
        return "hidden"
    return "refused" if result.status_code == 403 else "in"


def enter(made: Made, browser: Browser, method: str, row: Row) -> Any:
    address = row.address if isinstance(row.address, str) else row.address(made)
    if method == "GET":
        return browser.get(address)
    fields = {name: value.format(**vars(made)) for name, value in row.fields.items()}
    return browser.post(address, {**fields, "csrf": token(browser.get("/console/account").text)})


@pytest.mark.parametrize(("method", "template"), sorted(ROWS))
def test_who_gets_in(made: Made, method: str, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "publish_all", lambda _office, _by: [])
    row, found, wanted = ROWS[method, template], {}, {}
    for (agency, role), browser in made.browsers.items():
        told = outcome(enter(made, browser, method, row))
        told = "in" if row.inner and told == "refused" and role in row.own else told
        roles = row.own if agency == "T" or row.foreign is None else row.foreign
        found[agency, role], wanted[agency, role] = told == "in", role in roles
    assert found == wanted


@pytest.mark.parametrize(("method", "template"), sorted(ROWS))
def test_nobody_gets_in_unknown(made: Made, method: str, template: str) -> None:
    stranger, row = Browser(made.stage.office), ROWS[method, template]
    address = row.address if isinstance(row.address, str) else row.address(made)
    result = stranger.get(address) if method == "GET" else stranger.post(address, {"why": "x y"})
    assert outcome(result) == "login" or (method == "POST" and result.status_code == 401)


@pytest.mark.parametrize(("method", "template"), sorted(API))
def test_tablets_get_in_by_their_token_and_the_console_does_not(made: Made, method: str, template: str) -> None:
    place, console, own, foreign = API[method, template]
    address = place if isinstance(place, str) else place(made)
    browser = made.browsers["T", "system_admin"]
    bearers = [browser._headers(), *({"Authorization": f"Bearer token-{agency}"} for agency in ("T", "P"))]
    body = json.dumps({}) if method == "POST" else None
    found = [browser.client.simulate_request(method, address, headers=one, body=body).status_code for one in bearers]
    assert found == [console, own, foreign]
