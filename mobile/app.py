"""The tablet's app: the one place where the desk, the screens, Kivy's clock and the window are wired together.

Screens are imported and built on their first visit. Before the first frame neither peewee nor requests, Pillow, fpdf2
or cryptography is imported; afterwards they are, in the background, while the officer still types his PIN.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.base import ExceptionHandler, ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.modalview import ModalView

from mobile.desk import Desk, utc_now
from mobile.practice import folders
from mobile.refusals import Refusal
from mobile.routes import ROUTES, back_of
from mobile.screens.frame.state import frame_state
from mobile.screens.frame.view import Frame
from mobile.screens.shared.trouble import trouble_words
from mobile.widgets import field
from mobile.widgets.theme import theme
from mobile.words import words

# Kivy opens the root logger for everything; without `mobile.logs`, as in a demonstration, these would say too much.
logging.getLogger("peewee").setLevel(logging.INFO)
logging.getLogger("urllib3").setLevel(logging.INFO)

LOCK_AFTER_S = 600
"""How long nobody touches the tablet before it locks itself. Ours."""
ESCAPE = 27


class LujianApp(App):
    """The tablet. `folder` holds all its data; `now` is its clock; `office` is proposed as the office's address."""

    title = "Lujian"

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        office: str = "",
        ca_file: str = "",
        camera: Path | None = None,
        lock_after_s: float = LOCK_AFTER_S,
    ) -> None:
        super().__init__()
        self.desk = Desk(folder, self.show, now, later=lambda act: Clock.schedule_once(lambda _dt: act(), 0))
        self.desk.office_url, self.desk.ca_file = office, ca_file
        self.desk.camera = camera or folder / "camera"
        self._at_work = self.desk
        self._wire()
        self._lock_after_s, self._left_at = lock_after_s, now()
        self._touched_at = Clock.get_time()
        self._screens: dict[str, tuple[Any, Mapping[str, list[Any]]]] = {}

    def build(self) -> Frame:
        """Return the root with the lock screen in it."""
        self.frame = Frame()
        self.frame.bind(
            on_back=lambda _frame: self.back(),
            on_sync=lambda _frame: self.sync(),
            on_reference=lambda _frame: self.reference(),
            on_leave=lambda _frame: self.desk.lock(),
        )
        Window.clearcolor = theme.ground
        Window.softinput_mode = "below_target"  # the keyboard of the system never lies over what is typed in
        theme.fbind("ground", lambda *_: setattr(Window, "clearcolor", theme.ground))
        self.desk.go("unlock")
        return self.frame

    def on_start(self) -> None:
        """Begin what goes on beside the screens."""
        folders.clear(self.desk.folder)
        _listen(weakref.ref(self))
        Window.bind(on_keyboard=self._key, on_touch_down=self._touch)
        ExceptionManager.add_handler(_Refusals(self))
        Clock.schedule_interval(self._tick, 1)
        Window.bind(on_flip=_after_first_frame)

    def on_stop(self) -> None:
        """Let go of the window and of the store."""
        self.desk.attempt(field.settle)
        Window.unbind(on_keyboard=self._key, on_touch_down=self._touch)
        Clock.unschedule(self._tick)
        self.desk.close()

    def on_pause(self) -> bool:
        """Android takes the screen away; what is being typed goes to disk, where everything else is already."""
        self.desk.attempt(field.settle)
        self._left_at = self.desk.now()
        return True

    def on_resume(self) -> None:
        """Lock where the tablet lay aside for as long as it may be left open: no clock of ours went on meanwhile."""
        away = abs(self.desk.now() - self._left_at)
        if self.desk.store is not None and away.total_seconds() > self._lock_after_s:
            self.desk.lock()

    def show(self, name: str, where: Mapping[str, Any]) -> None:
        """Bring a screen to the front and let its flow show what it stands for."""
        if ROUTES[name].locked:
            # What a screen still holds must not outlive the lock.
            self._screens.clear()
        screen, own = self._screens.get(name) or self._build(name)
        _unbind(screen, own)
        _close_sheets()
        field.renew()
        self.frame.put(screen)
        import_module(ROUTES[name].flow).enter(self.desk, screen, **where)
        self._status()

    def back(self) -> None:
        """Go to the screen before this one; from what was opened aside to the inspection in hand."""
        desk = self.desk
        if ROUTES[desk.screen].aside and not desk.where.get("back"):
            desk.back_to_inspection()
        elif (before := back_of(desk.screen, desk.where)) == "queue":
            desk.put_down()
        elif before:
            desk.go(before, **dict(desk.where.get("back_where") or {}))

    def sync(self) -> None:
        """Open the sync centre."""
        if self.desk.store is not None and self.desk.screen != "sync":
            self.desk.go("sync")

    def practise(self) -> None:
        """Lock the work and change over to practice, which has its own desk, folder and key.

        Where it cannot begin, on a full disk, the officer is at the lock screen of the work again and told why.
        """
        from mobile.practice.desk import PracticeDesk

        at_work = self._at_work
        practice = PracticeDesk(at_work.folder, self.show, at_work.now, at_work.later, self._leave)
        at_work.close()
        self.desk = practice
        self._change_over(practising=True)
        try:
            practice.start()
        except Refusal as refusal:
            practice.lock()
            self.tell(refusal)

    def _leave(self) -> None:
        """Go back from practice to the lock screen of the work."""
        self.desk = self._at_work
        self._change_over(practising=False)
        self.desk.go("unlock")

    def _change_over(self, *, practising: bool) -> None:
        self._wire()
        # No screen of the one may still show or hear anything of the other.
        self._screens.clear()
        self.frame.practice = practising

    def _wire(self) -> None:
        self.desk.on_status, self.desk.tell, self.desk.practise = self._status, self.tell, self.practise
        self.desk.settle = field.settle

    def reference(self) -> None:
        """Open the reference."""
        if self.desk.store is not None and self.desk.screen != "reference":
            self.desk.go("reference")

    def tell(self, refusal: Refusal) -> None:
        """Say on a strip below the bar what went wrong; the next screen takes it away."""
        self.frame.notice = trouble_words(refusal)

    def _build(self, name: str) -> tuple[Any, Mapping[str, list[Any]]]:
        screen = getattr(import_module(ROUTES[name].view), ROUTES[name].screen)()
        own = {event: screen.get_property_observers(event) for event in screen.events()}
        self._screens[name] = (screen, own)
        return self._screens[name]

    def _status(self) -> None:
        desk = self.desk
        state = frame_state(
            desk.screen,
            plate=desk.plate,
            officer=desk.access.officer.name if desk.access.officer else "",
            role=desk.role,
            office=desk.access.office,
            online=desk.courier.state.online,
            by_hub=bool(desk.courier.state.by_hub) and not desk.courier.state.hub_trouble,
            unsent=desk.backlog.unsent,
            troubled=desk.backlog.troubled,
        )
        self.frame.show(replace(state, troubled=state.troubled + desk.courier.state.stopped))
        if ROUTES[desk.screen].on_status:
            desk.refresh()

    def _refresh(self) -> None:
        self.desk.refresh()
        self._status()

    def _tick(self, _dt: float) -> None:
        self.desk.tick()
        if self.desk.store is not None and Clock.get_time() - self._touched_at > self._lock_after_s:
            self.desk.lock()

    def _touch(self, *_: Any) -> None:
        self._touched_at = Clock.get_time()

    def _key(self, _window: Any, key: int, *_: Any) -> bool:
        if key != ESCAPE:
            return False
        self.back()
        return True


class _Refusals(ExceptionHandler):
    """A refusal that no flow caught is told and the work goes on; a bug ends the app, and everything is on disk."""

    def __init__(self, app: LujianApp) -> None:
        self._app = weakref.ref(app)
        super().__init__()

    def handle_exception(self, inst: BaseException) -> Any:
        """Tell a refusal on the strip."""
        app = self._app()
        if app is None or not isinstance(inst, Refusal):
            return ExceptionManager.RAISE
        app.tell(inst)
        return ExceptionManager.PASS


def _close_sheets() -> None:
    """Close what lies in front of the screen that goes: what it asks, nobody would hear, least of all when locked."""
    for one in list(Window.children):
        if isinstance(one, ModalView):
            one.dismiss(animation=False)


def _unbind(screen: Any, own: Mapping[str, list[Any]]) -> None:
    """Take off what a former visit bound to the screen's events; what the screen bound itself stays."""
    for event, built in own.items():
        for former, _args, _kwargs, is_ref, uid in screen.get_property_observers(event, args=True):
            if any(former is one for one in built):
                continue
            if uid is not None:
                screen.unbind_uid(event, uid)
            elif (bound := former() if is_ref else former) is not None:
                screen.unbind(**{event: bound})


def _listen(app: weakref.ref[LujianApp]) -> None:
    """Show the screen in front anew at each switch of language, as long as there is an app."""

    def switched(_lang: str) -> None:
        if (held := app()) is not None:
            held._refresh()

    words.listen(switched)


def _after_first_frame(*_: Any) -> None:
    """Begin to import the rest once the first frame has been shown: before it, both would wait for each other."""
    Window.unbind(on_flip=_after_first_frame)
    Clock.schedule_once(lambda _dt: threading.Thread(target=_warm, daemon=True).start(), 0)


def _warm() -> None:
    """Import what unlocking, sending and photos need."""
    for name in (
        "mobile.inspecting.inspection",
        "mobile.inspecting.comparison",
        "mobile.store.store",
        "mobile.link.sync",
        "mobile.inspecting.kit",
        "mobile.sealing.part",
        "cryptography.hazmat.primitives.ciphers",
    ):
        import_module(name)
