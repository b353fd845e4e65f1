"""What is seen inside a section, entered where it belongs: who is aboard, signs, equipment, mass."""

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.deviation.state import Choice
from mobile.screens.section.observed.state import (
    CLASSES,
    PLACARD_SIDES,
    CrewState,
    KitState,
    MassState,
    PanelState,
    PieceState,
    PlacardState,
    SeenPerson,
    SignsState,
    mass_words,
)
from mobile.widgets import bars, field, picks, placards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import Chip
from mobile.widgets.picks import PadSheet
from mobile.widgets.rows import fill
from mobile.words import _


class PersonLine(BoxLayout):
    """Someone who is aboard; the sign takes him away again."""

    words = StringProperty("")
    key = StringProperty("")
    __events__ = ("on_away",)

    def show(self, person: SeenPerson) -> None:
        """Draw a person."""
        self.person = person
        self.words = f"{person.role_words}  {person.name or _('no name')}"
        self.key = f"away:{person.role}"

    def on_away(self) -> None:
        """Hear that this person is not aboard."""


class CrewPanel(BoxLayout):
    """Who is aboard, in one touch where they are those of the waybill."""

    known = BooleanProperty(False)
    role = StringProperty("person")
    __events__ = ("on_aboard",)

    def show(self, state: CrewState) -> None:
        """Draw the likely crews and who was put down."""
        self._state = state
        self.known = state.aboard is not None
        self.ids.options.show(state.options)
        self.ids.roles.show([Choice(role, words, role == self.role) for role, words in state.roles])
        fill(self.ids.people, self._line, state.aboard or ())

    def choose(self, key: str) -> None:
        """Put down one of the likely crews."""
        people = next(one.people for one in self._state.options if one.key == key)
        self.dispatch("on_aboard", [dict(one) for one in people])

    def choose_role(self, role: str) -> None:
        """Say what the person is whose name is written down."""
        self.role = role
        self.show(self._state)

    def add(self) -> None:
        """Add the person that was written down; a person without a name is a person too."""
        name = self.ids.name.text.strip()
        self.ids.name.text = ""
        self.dispatch("on_aboard", [*self._people(), {"role": self.role, **({"name": name} if name else {})}])

    def _line(self) -> PersonLine:
        line = PersonLine()
        line.bind(on_away=self._away)
        return line

    def _away(self, line: PersonLine) -> None:
        people = self._people()
        people.remove(line.person.plain)
        self.dispatch("on_aboard", people)

    def _people(self) -> list[dict[str, str]]:
        return [one.plain for one in self._state.aboard or ()]

    def on_aboard(self, people: list[dict[str, str]]) -> None:
        """Hear everyone who is aboard."""


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
    __events__ = ("on_panel", "on_ask")

    def show(self, shown: tuple[PanelState, tuple[tuple[str, str], ...], PanelState]) -> None:
        """Draw one side, what the waybill asks for, and the other side that may be the same."""
        one, expected, other = shown
        self.side, self.name, self.seen, self.hazard, self.un = one.side, one.name, one.seen, one.hazard, one.un
        self.expected = list(expected[0]) if len(expected) == 1 else []
        self.other = [other.hazard, other.un] if other.seen == "there" else []
        self.other_name = other.name

    def on_panel(self, hazard: str, un: str) -> None:
        """Hear what hangs there; two empty texts mean that there is none."""

    def on_ask(self) -> None:
        """Hear that other numbers are to be entered."""


class DiamondKey(ButtonBehavior, BoxLayout):
    """A class to pick, as it looks on the vehicle."""

    label = StringProperty("")
    active = BooleanProperty(False)
    test_id = StringProperty("")


class SignsPanel(BoxLayout):
    """Orange plates front and rear, diamonds on the sides and at the rear."""

    expected_labels = ListProperty()
    __events__ = ("on_panel", "on_un", "on_placards")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sides = set(PLACARD_SIDES)
        self._seen: dict[str, tuple[str, ...] | None] = {}
        for label in CLASSES:
            key = DiamondKey(label=label, test_id=f"diamond:{label}")
            key.bind(on_release=lambda pressed: self._toggle(pressed.label))
            self.ids.classes.add_widget(key)

    def show(self, state: SignsState) -> None:
        """Draw both kinds of signs."""
        front, rear = state.panels
        fill(self.ids.panels, self._plate, [(front, state.expected, rear), (rear, state.expected, front)])
        self._seen = {one.side: one.labels for one in state.placards}
        self.expected_labels = list(state.labels)
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
            on_ask=lambda pressed: self._ask_un(pressed.side),
        )
        return line

    def _ask_un(self, side: str) -> None:
        sheet = PadSheet(title=_("UN number on the plate"), digits=4, test_id="pad:un")
        sheet.bind(on_number=lambda _sheet, un: self.dispatch("on_un", side, un.zfill(4)))
        sheet.open()

    def _side(self) -> "SideChip":
        chip = SideChip()
        chip.bind(on_toggle=self._choose_side)
        return chip

    def _choose_side(self, chip: "SideChip", active: bool) -> None:
        (self.sides.add if active else self.sides.discard)(chip.side)
        self._mark()

    def _mark(self) -> None:
        common = self._common()
        for key in self.ids.classes.children:
            key.active = key.label in common

    def _common(self) -> set[str]:
        held = [set(self._seen.get(side) or ()) for side in self.sides]
        return set.intersection(*held) if held else set()

    def _toggle(self, label: str) -> None:
        common = self._common()
        wanted = common - {label} if label in common else common | {label}
        self.put_placards([one for one in CLASSES if one in wanted])

    def put_placards(self, labels: list[str]) -> None:
        """Put the diamonds down for the sides that are chosen."""
        if self.sides:
            self.dispatch("on_placards", [side for side in PLACARD_SIDES if side in self.sides], list(labels))

    def on_panel(self, side: str, hazard: str, un: str) -> None:
        """Hear what hangs on a side; two empty texts mean that there is none."""

    def on_un(self, side: str, un: str) -> None:
        """Hear a UN number whose hazard number has to be asked for."""

    def on_placards(self, sides: list[str], labels: list[str]) -> None:
        """Hear the diamonds of these sides."""


class SideChip(Chip):
    """A side, with what hangs there."""

    side = StringProperty("")

    def show(self, shown: tuple[PlacardState, bool]) -> None:
        """Draw the side and its diamonds in words."""
        one, self.active = shown
        self.side, self.test_id = one.side, f"side:{one.side}"
        words = "–" if one.labels is None else "、".join(one.labels) or _("none")
        self.text = f"{one.name}  {words}"


class PieceLine(BoxLayout):
    """A piece of equipment: what is wanted, what was counted."""

    key = StringProperty("")
    name = StringProperty("")
    wanted = NumericProperty(0)
    seen = NumericProperty(-1)
    unit = StringProperty("")
    verdict = StringProperty("")
    __events__ = ("on_count", "on_ask")

    def show(self, piece: PieceState) -> None:
        """Draw the piece; `seen` is -1 while nobody looked."""
        self.key, self.name, self.verdict = piece.key, piece.name, piece.verdict
        self.wanted, self.seen = piece.wanted or 0, -1 if piece.seen is None else piece.seen
        self.unit = " kg" if piece.in_kg else ""

    def more(self) -> None:
        """One more; from not looked at, what is wanted."""
        self.dispatch("on_count", self.wanted or 1 if self.seen < 0 else self.seen + 1)

    def fewer(self) -> None:
        """One fewer than was counted, or than is wanted."""
        self.dispatch("on_count", max(0, (self.wanted if self.seen < 0 else self.seen) - 1))

    def on_count(self, amount: int) -> None:
        """Hear how many are there."""

    def on_ask(self) -> None:
        """Hear that the number is to be entered."""


class KitPanel(BoxLayout):
    """The equipment that this load asks for; one touch says that a piece is missing."""

    known = BooleanProperty(True)
    __events__ = ("on_count",)

    def show(self, state: KitState) -> None:
        """Draw the list."""
        self.known = state.known
        fill(self.ids.pieces, self._line, state.pieces)

    def _line(self) -> PieceLine:
        line = PieceLine()
        line.bind(on_count=lambda pressed, amount: self.dispatch("on_count", pressed.key, amount), on_ask=self._ask)
        return line

    def _ask(self, line: PieceLine) -> None:
        sheet = PadSheet(title=line.name, unit=line.unit.strip(), digits=3, test_id="pad:count")
        sheet.bind(on_number=lambda _sheet, text: self.dispatch("on_count", line.key, int(text)))
        sheet.open()

    def on_count(self, key: str, amount: int) -> None:
        """Hear how many of a piece are there."""


class MassPanel(BoxLayout):
    """The weighbridge's gross mass."""

    words = StringProperty("")
    expected = StringProperty("")
    weighed = BooleanProperty(False)
    __events__ = ("on_weigh",)

    def show(self, state: MassState) -> None:
        """Draw the mass, and what the papers lead one to expect."""
        self.weighed, self.words = state.gross_kg is not None, state.words
        told = _("By the papers: {mass}").format(mass=mass_words(state.expected_kg))
        self.expected = told if state.expected_kg is not None else _("The papers do not tell what it should weigh.")

    def ask(self) -> None:
        """Ask for the mass."""
        ask_mass(lambda kg: self.dispatch("on_weigh", kg))

    def on_weigh(self, gross_kg: int) -> None:
        """Hear the gross mass of the whole unit."""


def ask_mass(heard: Any) -> None:
    """Ask for the gross mass in kg; `heard(kg)` is called with it."""
    mass_sheet(heard).open()


def mass_sheet(heard: Any) -> PadSheet:
    """Return the pad for a mass in kg, which says it in tonnes as well."""
    sheet = PadSheet(title=_("Gross mass on the weighbridge"), unit="kg", digits=6, test_id="pad:mass")
    sheet.bind(on_number=lambda _sheet, text: heard(int(text)))
    sheet.bind(text=lambda _sheet, text: setattr(sheet, "also", mass_words(int(text)) if text else ""))
    return sheet


PANELS = {CrewState: CrewPanel, SignsState: SignsPanel, KitState: KitPanel, MassState: MassPanel}

load_kv(__file__)
