"""The route table, and how refusals leave, with their codes."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from pathlib import Path
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response, WebSocket

from server import collector
from server.api.changes import ChangesResource
from server.api.devices import DevicesResource, ReturnsResource
from server.api.feed_watch import FeedWatch
from server.api.handovers import HandoversResource
from server.api.health import Healthz, Metrics, Pulse, Readyz
from server.api.hub_devices import HubDevices, HubResource
from server.api.openapi import OpenApi
from server.api.packages import PackageResource, PackagesResource
from server.api.passes import PassResource
from server.api.photos import PhotoResource, PhotosResource
from server.api.poll import PATH, App, Poll
from server.api.reading import Gate
from server.api.receipts import ReceiptsResource
from server.api.record import RecordResource
from server.api.records import RecordsResource
from server.api.status import StatusResource
from server.api.tasks import TaskActs
from server.config import load
from server.console import hub as hub_page
from server.console.routes import mount
from server.envelope import Answers, Envelope
from server.exporting.jobs import Exporter
from server.folders import UMASK
from server.hub.relay import Relay
from server.limits import retry_after
from server.logs import set_up, watch_threads
from server.office import Office, open_office
from server.patience import Asgi, patient
from server.processing.alert_upkeep import AlertUpkeep
from server.processing.case_upkeep import CaseUpkeep
from server.processing.tier_upkeep import TierUpkeep
from server.processing.worker import Traffic, Worker
from server.refusals import REFUSALS, Refused, problem
from server.stopping import Stopping
from server.store import outage, space
from server.trials.runner import TrialRunner
from server.upkeep import Upkeep

_log = logging.getLogger("server.requests")

_NO_SOCKET = 3404
_FULL_SECONDS = 600


def application() -> Asgi:
    """Return the app of the settings that the environment names: what an ASGI server is pointed at."""
    set_up()
    watch_threads()
    os.umask(UMASK)
    path = os.environ.get("LUJIAN_CONFIG")
    office = open_office(load(Path(path) if path else None, os.environ))
    app = create_app(office, Worker(office) if office.hub is None else Relay(office, office.hub))
    collector.calm()
    return patient(app, office.config)


def create_app(office: Office, worker: Worker | Relay | None = None) -> App:
    """Return the app of an open office, or of a hub: that has no console but one page of how it stands.

    With a worker it processes records while it runs, and at its end closes the office; else another process does.
    """
    gate = Gate(office)
    config = office.config
    stopping = Stopping()
    life: list[Any] = [] if worker is None else [_Life(office, worker), Upkeep(office)]
    answers = Answers(tls=bool(config.tls_certificate) or config.behind_tls)
    middleware: list[Any] = [stopping, *life, answers, Envelope(config)]
    app = App(middleware=middleware)
    app.add_error_handler(Exception, _failed)
    app.add_error_handler(falcon.HTTPError, _http_error)
    app.add_error_handler(Refused, _refused)
    app.add_route("/healthz", Healthz())
    pulse = Pulse(office)
    app.add_route("/readyz", Readyz(office, pulse))
    app.add_route("/metrics", Metrics(office, pulse))
    app.add_route("/openapi.json", OpenApi())
    app.add_route("/v1/devices", DevicesResource(office))
    app.add_route("/v1/devices/return", ReturnsResource(office))
    app.add_route("/v1/devices/status", StatusResource(office, gate))
    traffic = worker.traffic if worker else Traffic()
    watch = FeedWatch(office, stopping)
    app.add_route("/v1/records", RecordsResource(office, gate, traffic, watch))
    app.add_route("/v1/handovers", HandoversResource(office, gate, traffic))
    app.add_route("/v1/receipts", ReceiptsResource(office, gate))
    app.add_route("/v1/photos", PhotosResource(office, gate))
    app.add_route("/v1/photos/{sha256}", PhotoResource(office, gate))
    app.add_route("/v1/packages", PackagesResource(office, gate))
    app.add_route("/v1/packages/{package}", PackageResource(office, gate))
    changes = ChangesResource(office, gate, stopping, watch)
    app.add_route(PATH, changes)
    app.poll = Poll(changes, answers)
    app.add_route("/v1/tasks/{task}/acts", TaskActs(office, gate))
    app.add_route("/v1/hub", HubResource(office))
    if office.hub is not None:
        hub_page.mount(app, office)
        return app
    app.add_route("/v1/hub/devices", HubDevices(office, gate))
    app.add_route("/v1/records/{digest}", RecordResource(office, gate))
    app.add_route("/v1/passes/{number}", PassResource(office, gate))
    mount(app, office)
    return app


class _Life:
    """Starts the worker with the server and closes the office with it. A hub has no cases and exports no lists."""

    def __init__(self, office: Office, worker: Worker | Relay) -> None:
        self._office, self._worker = office, worker
        threads = CaseUpkeep(office), AlertUpkeep(office), TierUpkeep(office), Exporter(office), TrialRunner(office)
        self._threads = threads if office.hub is None else ()

    async def process_startup(self, _scope: Any, _event: Any) -> None:
        self._worker.start()
        for one in self._threads:
            one.start()

    async def process_shutdown(self, _scope: Any, _event: Any) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self._worker.stop)
        for one in self._threads:
            await loop.run_in_executor(None, one.stop)
        await loop.run_in_executor(None, self._office.close)


def _answer(resp: Response, code: str, detail: str, headers: dict[str, str]) -> None:
    resp.status = REFUSALS[code].status
    resp.content_type = "application/problem+json"
    resp.data = json.dumps(problem(code, detail), ensure_ascii=False).encode()
    for name, value in headers.items():
        resp.set_header(name, value)


async def _refused(
    _req: Request, resp: Response | None, refused: Refused, _params: Any, ws: WebSocket | None = None
) -> None:
    if resp is None:
        await _no_socket(ws)
        return
    _answer(resp, refused.code, refused.detail, refused.headers)


async def _http_error(
    _req: Request, resp: Response | None, error: falcon.HTTPError, _params: Any, ws: WebSocket | None = None
) -> None:
    """Falcon's own refusals (no route, no such method, an unreadable header) under our codes."""
    if resp is None:
        await _no_socket(ws)
        return
    code = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}.get(error.status_code, "malformed")
    headers = error.headers or {}
    _answer(resp, code, "", dict(headers.items() if isinstance(headers, dict) else headers))


async def _no_socket(ws: WebSocket | None) -> None:
    """Who asks for a web socket is let go: there are none here."""
    if ws is not None and not ws.closed:
        await ws.close(_NO_SOCKET)


async def _failed(req: Request, resp: Response, error: Exception, params: Any) -> None:
    # However it is told: by the system, by peewee, or by a driver whose statement was run as it is.
    if space.is_out(error):
        _log.error("no space left")
        _answer(resp, "storage_full", "", retry_after(_FULL_SECONDS))
    elif outage.strained(error):
        _log.warning("the database ended a statement", exc_info=error)
        _answer(resp, "database_away", "", retry_after(outage.RETRY_SECONDS))
    else:
        await _bug(req, resp, error, params)


async def _bug(_req: Request, resp: Response, error: Exception, _params: Any) -> None:
    """A bug rises to here; the log has its trace, the sender a code and no secrets."""
    _log.error("bug", exc_info=error)
    _answer(resp, "internal", "", {})
