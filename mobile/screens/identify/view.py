"""T2: the waybill's QR code first, the plate keyboard where there is none."""

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.identify.choose.view import Matches, ShownCard
from mobile.screens.identify.plates.view import SuggestedPlates
from mobile.screens.identify.signs.view import OtherSigns, TypePlate
from mobile.screens.identify.state import IdentifyState, WaybillPanel
from mobile.widgets import bars, part, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.bars import PhotoThumb
from mobile.widgets.base import keep, load_kv
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill

LOOK_EVERY_S = 0.5
"""How often the camera's folder is looked at while a code is waited for."""


class PairRow(BoxLayout):
    """A field of the waybill."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, pair: tuple[str, str]) -> None:
        """Draw name and value."""
        self.name, self.value = pair


class KnownRow(BoxLayout):
    """What the registry knows, and how old that is."""

    unit = StringProperty("")
    whose = StringProperty("")
    age = StringProperty("")

    def show(self, known: tuple[str, str, str]) -> None:
        """Draw the entry."""
        self.unit, self.whose, self.age = known


class Warning_(Notice):  # noqa: N801 - `Warning` is Python's own
    """A problem in words."""

    def show(self, text: str) -> None:
        """Draw the words."""
        self.tone, self.text = "unknown", text


class Thumb(PhotoThumb):
    """A picture to choose."""

    def show(self, shown: tuple[str, str]) -> None:
        """Draw the picture with its caption."""
        self.source, self.caption = shown
        self.evidence = False
        self.test_id = f"picture:{Path(self.source).name}"


class Reader(BoxLayout):
    """What can have a code read; it draws nothing, because .kv rules come down to subclasses."""

    __events__ = ("on_scan", "on_pictures", "on_copy")

    def on_scan(self) -> None:
        """Hear that the newest picture is to be read."""

    def on_pictures(self) -> None:
        """Hear that the officer wants to choose a picture."""

    def on_copy(self) -> None:
        """Hear that the officer copies the paper by hand."""


class Scan(Reader):
    """Before anything was read."""


class Found(Reader):
    """The waybill as it was read."""

    source = StringProperty("")
    raw = StringProperty("")
    by_hand = BooleanProperty(False)

    def show(self, panel: WaybillPanel) -> None:
        """Draw the waybill."""
        self.source, self.raw, self.by_hand = panel.source, panel.raw, panel.by_hand
        fill(self.ids.rows, PairRow, panel.rows)
        fill(self.ids.problems, Warning_, panel.problems)


class Pictures(BoxLayout):
    """The camera's pictures."""

    count = NumericProperty(0)
    __events__ = ("on_picture", "on_back")

    def show(self, pictures: tuple[tuple[str, str], ...]) -> None:
        """Draw the pictures."""
        self.count = len(pictures)
        fill(self.ids.thumbs, self._thumb, pictures)

    def _thumb(self) -> Thumb:
        thumb = Thumb()
        thumb.bind(on_release=lambda pressed: self.dispatch("on_picture", pressed.source))
        return thumb

    def on_picture(self, path: str) -> None:
        """Hear which picture is to be read."""

    def on_back(self) -> None:
        """Hear that the officer goes back to the waybill."""


class IdentifyScreen(BoxLayout):
    """Which vehicle it is."""

    whole = BooleanProperty(False)
    plate_words = StringProperty("")
    colour = StringProperty("")
    plate_hint = StringProperty("")
    registry_hint = StringProperty("")
    trouble = StringProperty("")
    offered = BooleanProperty(False)
    may_go_on = BooleanProperty(False)
    may_abandon = BooleanProperty(False)
    may_photograph = BooleanProperty(False)
    __events__ = (
        "on_scan",
        "on_mode",
        "on_picture",
        "on_keep_picture",
        "on_plate",
        "on_next",
        "on_pictures",
        "on_enter_plate",
        "on_card",
        "on_watch",
        "on_typing",
        "on_choose",
        "on_number",
        "on_person",
        "on_copy",
        "on_abandon",
        "on_kind",
        "on_country",
        "on_page",
        "on_sign",
        "on_taken",
        "on_photo_plate",
        "on_suggested",
        "on_gone",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scan, self.found, self.pictures, self.typing = Scan(), Found(), Pictures(), TypePlate()
        self.matches, self.card, self.signs = Matches(), ShownCard(), OtherSigns()
        self.suggested = SuggestedPlates()
        (self.vehicle,) = keep(self, "right")
        for panel in (self.scan, self.found):
            panel.bind(
                on_scan=lambda _p: self.dispatch("on_scan"),
                on_pictures=lambda _p: self.dispatch("on_pictures"),
                on_copy=lambda _p: self.dispatch("on_copy"),
            )
        self.pictures.bind(on_picture=lambda _p, path: self.dispatch("on_picture", path))
        self.typing.bind(on_plate=lambda _p, *said: self.dispatch("on_plate", *said))
        self.typing.bind(on_typing=lambda _p, *said: self.dispatch("on_typing", *said))
        self.matches.bind(
            on_choose=lambda _p, *said: self.dispatch("on_choose", *said),
            on_enter_plate=lambda _p: self.dispatch("on_enter_plate"),
        )
        self.suggested.bind(
            on_suggested=lambda _p, text: self.dispatch("on_suggested", text),
            on_enter_plate=lambda _p: self.dispatch("on_enter_plate"),
            on_photo=lambda _p: self.dispatch("on_photo_plate"),
        )
        self.card.bind(
            on_typed=lambda _p, number: self.dispatch("on_number", number),
            on_person=lambda _p, role: self.dispatch("on_person", role),
        )
        for panel in (self.pictures, self.typing, self.card):
            panel.bind(on_back=lambda _p: self.dispatch("on_mode", "scan"))
        self.typing.bind(on_other=lambda _p: self.dispatch("on_mode", "other"))
        self.card.bind(on_other=lambda _p: self.dispatch("on_mode", "paper"))
        self.signs.bind(on_back=lambda panel: self.dispatch("on_mode", "card" if panel.of_person else "plate"))
        for event in ("on_kind", "on_country", "on_page", "on_sign", "on_taken"):
            self.signs.fbind(event, self._pass, event)
        self._look = Clock.create_trigger(self._looked, LOOK_EVERY_S, interval=True)

    def _pass(self, event: str, _panel: Any, said: str) -> None:
        self.dispatch(event, said)

    def on_parent(self, _screen: Any, parent: Any) -> None:
        """Look for pictures as long as the screen is in front."""
        if parent is None:
            self._look.cancel()
            self.dispatch("on_gone")
        else:
            self._look()

    def _looked(self, _dt: float) -> None:
        self.dispatch("on_watch")

    def suggest(self, plates: tuple[tuple[str, str], ...]) -> None:
        """Offer plates beside the keyboard."""
        self.typing.suggest(plates)

    def show(self, state: IdentifyState) -> None:
        """Draw the state."""
        self.plate_words, self.colour, self.plate_hint = state.plate, state.colour, state.plate_hint
        self.registry_hint, self.trouble, self.offered = state.registry_hint, state.trouble, state.offered
        self.may_go_on, self.may_abandon = state.may_go_on, state.may_abandon
        self.may_photograph = state.may_photograph
        fill(self.ids.problems, Warning_, state.plate_problems)
        fill(self.ids.known, KnownRow, state.known)
        self._show_left(state)

    def _show_left(self, state: IdentifyState) -> None:
        if state.mode == "plate":
            left: Any = self.typing
            left.show(state.recent)
        elif state.mode == "pictures":
            left = self.pictures
            left.show(state.pictures)
        elif state.matches is not None:
            left = self.matches
            left.show(state.matches)
        elif state.suggested is not None:
            left = self.suggested
            left.show(state.suggested)
        elif state.person is not None:
            left = self.card
            left.show(state.person)
        elif state.signs is not None:
            left = self.signs
            left.show(state.signs)
        elif state.bill is not None:
            left = self.found
            left.show(state.bill)
        else:
            left = self.scan
        if list(self.ids.left.children) != [left]:
            self.ids.left.clear_widgets()
            self.ids.left.add_widget(left)
            if left is self.typing:
                left.begin(*state.typed)
        self.whole = left in (self.typing, self.matches, self.card, self.signs, self.suggested)
        body = self.ids.body
        if self.whole and self.vehicle in body.children:
            body.remove_widget(self.vehicle)
        elif not self.whole and self.vehicle not in body.children:
            body.add_widget(self.vehicle)

    def on_scan(self) -> None:
        """Hear that the newest picture is to be read."""

    def on_mode(self, mode: str) -> None:
        """Hear that the officer goes over to another way: scan, plate or pictures."""

    def on_pictures(self) -> None:
        """Go over to the pictures."""
        self.dispatch("on_mode", "pictures")

    def on_enter_plate(self) -> None:
        """Go over to the keyboard."""
        self.dispatch("on_mode", "plate")

    def on_picture(self, path: str) -> None:
        """Hear which picture is to be read."""

    def on_keep_picture(self) -> None:
        """Hear that the picture is to be kept as a photo."""

    def on_plate(self, text: str, colour: str) -> None:
        """Hear the plate and its colour."""

    def on_next(self) -> None:
        """Hear that it is this vehicle."""

    def on_watch(self) -> None:
        """Hear that it is time to look for a new picture."""

    def on_typing(self, text: str, colour: str) -> None:
        """Hear the plate as far as it is typed."""

    def on_choose(self, text: str, colour: str) -> None:
        """Hear which of several vehicles it is."""

    def on_number(self, number: str) -> None:
        """Hear the number on a card."""

    def on_person(self, role: str) -> None:
        """Hear in which role the person showed the card."""

    def on_copy(self) -> None:
        """Hear that the waybill is to be copied by hand."""

    def on_abandon(self) -> None:
        """Hear that the check was begun by mistake."""

    def on_kind(self, kind: str) -> None:
        """Hear what kind of plate or paper it is."""

    def on_country(self, country: str) -> None:
        """Hear of which country the plate is."""

    def on_page(self, page: str) -> None:
        """Hear which letters are wanted."""

    def on_sign(self, sign: str) -> None:
        """Hear a sign, or ← for one less."""

    def on_taken(self, role: str) -> None:
        """Hear that plate or paper is whole."""

    def on_photo_plate(self) -> None:
        """Hear that a picture of the plate is to be read."""

    def on_suggested(self, text: str) -> None:
        """Hear which of the plates in a picture is right."""

    def on_gone(self) -> None:
        """Hear that the screen is no longer in front."""

    def on_card(self) -> None:
        """Go over to a card that was shown."""
        self.dispatch("on_mode", "card")


load_kv(__file__)
