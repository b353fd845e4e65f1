"""What is seen inside a section, entered where it belongs: who is aboard, equipment, mass and packages."""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.deviation.sheet.state import Choice
from mobile.screens.section.observed.state import (
    UNSEEN,
    CrewState,
    KitState,
    MassState,
    PieceState,
    SeenPerson,
    mass_words,
)
from mobile.widgets import bars, field, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
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
    __events__ = ("on_aboard", "on_unseen")

    def show(self, state: CrewState) -> None:
        """Draw the likely crews and who was put down."""
        self._state = state
        self.known = state.aboard is not None
        self.ids.options.show(state.options)
        self.ids.roles.show([Choice(role, words, role == self.role) for role, words in state.roles])
        fill(self.ids.people, self._line, state.aboard or ())

    def choose(self, key: str) -> None:
        """Put down one of the likely crews, or take back what was put down."""
        if key == UNSEEN:
            self.dispatch("on_unseen", "seen.aboard")
            return
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

    def on_unseen(self, path: str) -> None:
        """Hear that nobody looked after all."""


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
    __events__ = ("on_count", "on_unseen")

    def show(self, state: KitState) -> None:
        """Draw the list."""
        self.known = state.known
        fill(self.ids.pieces, self._line, state.pieces)

    def _line(self) -> PieceLine:
        line = PieceLine()
        line.bind(on_count=lambda pressed, amount: self.dispatch("on_count", pressed.key, amount), on_ask=self._ask)
        return line

    def _ask(self, line: PieceLine) -> None:
        back = _("Not counted after all") if line.seen >= 0 else ""
        sheet = PadSheet(title=line.name, unit=line.unit.strip(), digits=3, back=back, test_id="pad:count")
        sheet.bind(on_number=lambda _sheet, text: self._counted(line.key, text))
        sheet.open()

    def _counted(self, key: str, text: str) -> None:
        if text:
            self.dispatch("on_count", key, int(text))
        else:
            self.dispatch("on_unseen", f"seen.equipment.{key}")

    def on_count(self, key: str, amount: int) -> None:
        """Hear how many of a piece are there."""

    def on_unseen(self, path: str) -> None:
        """Hear that nobody counted a piece after all."""


class MassPanel(BoxLayout):
    """The weighbridge's gross mass, and how many packages were counted."""

    words = StringProperty("")
    expected = StringProperty("")
    weighed = BooleanProperty(False)
    counts = BooleanProperty(False)
    counted = StringProperty("")
    declared = StringProperty("")
    __events__ = ("on_weigh", "on_packages", "on_unseen")

    def show(self, state: MassState) -> None:
        """Draw the mass, and what the papers lead one to expect."""
        self.weighed, self.words = state.gross_kg is not None, state.words
        told = _("By the papers: {mass}").format(mass=mass_words(state.expected_kg))
        self.expected = told if state.expected_kg is not None else _("The papers do not tell what it should weigh.")
        self.counts, self.counted = state.counts, "" if state.packages is None else str(state.packages)
        self.declared = _("On the waybill: {n}").format(n=state.declared) if state.declared is not None else ""

    def ask_packages(self) -> None:
        """Ask for the number of packages."""
        back = _("Not counted after all") if self.counted else ""
        sheet = PadSheet(title=_("Packages counted"), digits=5, back=back, test_id="pad:packages")
        sheet.bind(on_number=lambda _sheet, text: self._entered("on_packages", "seen.packages", text))
        sheet.open()

    def ask(self) -> None:
        """Ask for the mass."""
        sheet = mass_sheet(_("Not weighed after all") if self.weighed else "")
        sheet.bind(on_number=lambda _sheet, text: self._entered("on_weigh", "seen.gross_mass_kg", text))
        sheet.open()

    def _entered(self, event: str, path: str, text: str) -> None:
        if text:
            self.dispatch(event, int(text))
        else:
            self.dispatch("on_unseen", path)

    def on_weigh(self, gross_kg: int) -> None:
        """Hear the gross mass of the whole unit."""

    def on_packages(self, number: int) -> None:
        """Hear how many packages were counted."""

    def on_unseen(self, path: str) -> None:
        """Hear that it was not weighed or counted after all."""


def ask_mass(heard: Any) -> None:
    """Ask for the gross mass in kg; `heard(kg)` is called with it."""
    sheet = mass_sheet()
    sheet.bind(on_number=lambda _sheet, text: heard(int(text)))
    sheet.open()


def mass_sheet(back: str = "") -> PadSheet:
    """Return the pad for a mass in kg, which says it in tonnes as well; `back` offers to take back what stands."""
    sheet = PadSheet(title=_("Gross mass on the weighbridge"), unit="kg", digits=6, back=back, test_id="pad:mass")
    sheet.bind(text=lambda _sheet, text: setattr(sheet, "also", mass_words(int(text)) if text else ""))
    return sheet


load_kv(__file__)
