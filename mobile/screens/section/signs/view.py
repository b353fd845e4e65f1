"""The signs of a vehicle as they hang, entered one by one: orange plates with their numbers, and diamonds."""

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from checklists.goods.required_signs import MARKS, PLACARD_SIDES
from mobile.screens.section.signs.state import CLASSES, PanelState, PlacardState, SignsState
from mobile.screens.shared.results import label_words
from mobile.widgets import bars, picks, placards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import Chip
from mobile.widgets.picks import PadSheet
from mobile.widgets.rows import fill
from mobile.words import _


class PlateLine(BoxLayout):
    """The orange plate of one side: as it hangs there, and the likely ways to say so."""

    side = StringProperty("")
    name = StringProperty("")
    seen = StringProperty("")
    hazard = StringProperty("")
    un = StringProperty("")
    expected = ListProperty()
    other = ListProperty()
    other_name = StringProperty("")
    __events__ = ("on_panel", "on_blank", "on_ask")

    def show(self, one: PanelState) -> None:
        """Draw one place, what the waybill asks for there, and the other place that may show the same."""
        self.side, self.name, self.seen, self.hazard, self.un = one.side, one.name, one.seen, one.hazard, one.un
        self.expected, self.other = list(one.expected or ()), list(one.other or ())
        self.other_name = one.other_name

    def on_panel(self, hazard: str, un: str) -> None:
        """Hear what hangs there; two empty texts mean that there is none."""

    def on_blank(self) -> None:
        """Hear that a plate without figures hangs there."""

    def on_ask(self) -> None:
        """Hear that other numbers are to be entered."""


class DiamondKey(ButtonBehavior, BoxLayout):
    """A class to pick, as it looks on the vehicle."""

    label = StringProperty("")
    active = BooleanProperty(False)
    test_id = StringProperty("")


class MarkChip(Chip):
    """A mark that is no class, in words."""

    label = StringProperty("")


class SignsPanel(BoxLayout):
    """Orange plates at the ends and beside the compartments, diamonds on the sides and at the rear."""

    expected_labels = ListProperty()
    expected_words = StringProperty("")
    looked = BooleanProperty(False)
    __events__ = ("on_panel", "on_blank", "on_un", "on_placards", "on_compartment", "on_unseen")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sides = set(PLACARD_SIDES)
        self._seen: dict[str, tuple[str, ...] | None] = {}
        for label in CLASSES:
            key = DiamondKey(label=label, test_id=f"diamond:{label}")
            key.bind(on_release=lambda pressed: self._toggle(pressed.label))
            self.ids.classes.add_widget(key)
        for mark in MARKS:
            chip = MarkChip(label=mark, test_id=f"diamond:{mark}")
            chip.bind(on_toggle=lambda pressed, _active: self._toggle(pressed.label))
            self.ids.marks.add_widget(chip)

    def show(self, state: SignsState) -> None:
        """Draw both kinds of signs."""
        fill(self.ids.panels, self._plate, state.panels)
        self._seen = {one.side: one.labels for one in state.placards}
        self.expected_labels = list(state.labels)
        self.expected_words = _(", ").join(map(label_words, state.labels))
        for chip in self.ids.marks.children:
            chip.text = label_words(chip.label)
        fill(self.ids.sides, self._side, [(one, one.side in self.sides) for one in state.placards])
        self._mark()

    def ask_hazard(self, side: str, un: str, likely: tuple[str, ...]) -> None:
        """Ask for the hazard number above a UN number; `likely` are the table's."""
        sheet = PadSheet(
            title=_("Hazard number above {un}").format(un=un),
            likely=list(likely),
            may_x=True,
            digits=3,
            test_id="pad:hazard",
        )
        sheet.bind(on_number=lambda _sheet, hazard: self.dispatch("on_panel", side, hazard, un))
        sheet.open()

    def _plate(self) -> PlateLine:
        line = PlateLine()
        line.bind(
            on_panel=lambda pressed, hazard, un: self.dispatch("on_panel", pressed.side, hazard, un),
            on_blank=lambda pressed: self.dispatch("on_blank", pressed.side),
            on_ask=self._ask_un,
        )
        return line

    def _ask_un(self, line: PlateLine) -> None:
        back = _("Not looked at after all") if line.seen else ""
        sheet = PadSheet(title=_("UN number on the plate"), digits=4, back=back, test_id="pad:un")
        sheet.bind(on_number=lambda _sheet, un: self._read(line.side, un))
        sheet.open()

    def _read(self, side: str, un: str) -> None:
        if un:
            self.dispatch("on_un", side, un.zfill(4))
        else:
            self.dispatch("on_unseen", f"seen.panels.{side}")

    def _side(self) -> "SideChip":
        chip = SideChip()
        chip.bind(on_toggle=self._choose_side)
        return chip

    def _choose_side(self, chip: "SideChip", active: bool) -> None:
        (self.sides.add if active else self.sides.discard)(chip.side)
        self._mark()

    def _mark(self) -> None:
        common = self._common()
        for key in (*self.ids.classes.children, *self.ids.marks.children):
            key.active = key.label in common
        self.looked = any(self._seen.get(side) is not None for side in self.sides)

    def _common(self) -> set[str]:
        held = [set(self._seen.get(side) or ()) for side in self.sides]
        return set.intersection(*held) if held else set()

    def _toggle(self, label: str) -> None:
        common = self._common()
        wanted = common - {label} if label in common else common | {label}
        self.put_placards([one for one in (*CLASSES, *MARKS) if one in wanted])

    def put_placards(self, labels: list[str]) -> None:
        """Put the diamonds down for the sides that are chosen."""
        if self.sides:
            self.dispatch("on_placards", [side for side in PLACARD_SIDES if side in self.sides], list(labels))

    def unsee(self) -> None:
        """Take back what was put down for the sides that are chosen."""
        for side in PLACARD_SIDES:
            if side in self.sides and self._seen.get(side) is not None:
                self.dispatch("on_unseen", f"seen.placards.{side}")

    def on_panel(self, side: str, hazard: str, un: str) -> None:
        """Hear what hangs on a side; two empty texts mean that there is none."""

    def on_blank(self, side: str) -> None:
        """Hear on which side a plate without figures hangs."""

    def on_compartment(self) -> None:
        """Hear that there are plates beside one compartment more."""

    def on_un(self, side: str, un: str) -> None:
        """Hear a UN number whose hazard number has to be asked for."""

    def on_placards(self, sides: list[str], labels: list[str]) -> None:
        """Hear the diamonds of these sides."""

    def on_unseen(self, path: str) -> None:
        """Hear that nobody looked there after all."""


class SideChip(Chip):
    """A side, with what hangs there."""

    side = StringProperty("")

    def show(self, shown: tuple[PlacardState, bool]) -> None:
        """Draw the side and its diamonds in words."""
        one, self.active = shown
        self.side, self.test_id = one.side, f"side:{one.side}"
        words = "–" if one.labels is None else "、".join(map(label_words, one.labels)) or _("none")
        self.text = f"{one.name}  {words}"


load_kv(__file__)
