"""T4, opened: the items of a section, and beside them what is seen here."""

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from checklists.inspection.entries import NOT_VERIFIED
from mobile.screens.section.observed.state import CrewState, KitState, MassState
from mobile.screens.section.observed.view import CrewPanel, KitPanel, MassPanel
from mobile.screens.section.signs.state import SignsState
from mobile.screens.section.signs.view import SignsPanel
from mobile.screens.section.state import ItemRow, SectionState
from mobile.screens.section.tank.state import TankState
from mobile.screens.section.tank.view import TankPanel
from mobile.screens.shared.questions import GOODS, NUMBER, PLATE
from mobile.screens.shared.results import Compared
from mobile.widgets import bars, control, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.asks import QuestionCard
from mobile.widgets.base import load_kv
from mobile.widgets.hits import GoodsSheet
from mobile.widgets.platekeys import PlateSheet
from mobile.widgets.rows import fill
from mobile.widgets.signkeys import SignSheet
from mobile.words import _

PANELS = {
    CrewState: CrewPanel,
    SignsState: SignsPanel,
    TankState: TankPanel,
    KitState: KitPanel,
    MassState: MassPanel,
}


class LightLine(BoxLayout):
    """What one rule says of the item."""

    verdict = StringProperty("")
    words = StringProperty("")

    def show(self, light: Compared) -> None:
        """Draw the verdict, what was compared and what is missing."""
        self.verdict = light.verdict
        self.words = f"{light.title}：{light.brief}" if light.brief else light.title


class ItemLine(BoxLayout):
    """One item with its four answers."""

    item = StringProperty("")
    title = StringProperty("")
    look = StringProperty("")
    tone = StringProperty("neutral")
    words = StringProperty("")
    given = StringProperty("")
    agency = StringProperty("")
    heading = StringProperty("")
    focus_words = StringProperty("")
    test_id = StringProperty("")
    __events__ = ("on_answer",)

    def show(self, row: ItemRow) -> None:
        """Draw the item; a light that says the same as the one before stands once."""
        self.item, self.test_id = row.item, f"item:{row.item}"
        self.title, self.look, self.tone = row.title, row.look, row.tone
        self.words, self.given, self.agency = row.words, row.answer, row.agency
        self.heading, self.focus_words = row.heading, row.focus
        lights = {(one.verdict, one.title, one.brief): one for one in row.lights}
        fill(self.ids.lights, LightLine, list(lights.values()))
        self.ids.dispute.text = row.dispute

    def on_answer(self, answer: str) -> None:
        """Hear which answer was pressed."""


class WhySheet(ModalView):
    """Why something could not be verified here; a touch beside it says nothing."""

    test_id = StringProperty("why_sheet")
    title = StringProperty("")
    reasons = ListProperty()
    __events__ = ("on_why",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ids.reasons.show(self.reasons)

    def done(self, why: str) -> None:
        """Give the reason up and close."""
        self.dismiss(animation=False)
        self.dispatch("on_why", why)

    def on_why(self, why: str) -> None:
        """Hear why."""


class Questions(BoxLayout):
    """What only an officer can tell, one below the other."""


class SectionScreen(BoxLayout):
    """All of one section."""

    title = StringProperty("")
    agency = StringProperty("")
    agency_name = StringProperty("")
    progress = StringProperty("")
    clear_words = StringProperty("")
    confirms = StringProperty("")
    disputes = StringProperty("")
    is_open = BooleanProperty(True)
    has_observed = BooleanProperty(False)
    may_teach = BooleanProperty(False)
    photo = BooleanProperty(False)
    is_done = BooleanProperty(False)
    unverified_words = StringProperty("")
    order_words = StringProperty("")
    __events__ = (
        *("on_answer", "on_unverified", "on_clear", "on_walk", "on_lesson"),
        *("on_blank", "on_compartment", "on_found", "on_level", "on_packages", "on_unseen"),
        *("on_aboard", "on_panel", "on_un", "on_placards", "on_count", "on_weigh", "on_no_photo", "on_say", "on_goods"),
        "on_order",
    )
    find = ObjectProperty(None)

    def __init__(self, **kwargs: Any) -> None:
        self._panels: dict[type, Any] = {}
        super().__init__(**kwargs)
        self.questions = Questions()

    def show(self, state: SectionState) -> None:
        """Draw the section."""
        self.title, self.agency, self.agency_name = state.title, state.agency, state.agency_name
        self.progress, self.clear_words, self.is_open = state.progress, state.clear_words, bool(state.open)
        self.confirms, self.disputes = "；".join(state.confirms), "\n".join(state.disputes)
        self.may_teach, self.is_done = state.teaches, state.is_done
        self.unverified_words, self._whys = state.unverified_words, state.whys
        self.photo, self.order_words = bool(state.photo), state.order
        self.ids.control.show(state.photo, state.reasons)
        self._show_observed(state)
        fill(self.ids.rows.ids.column, self._line, state.rows)

    def bring(self, item: str) -> None:
        """Scroll to an item."""
        for line in self.ids.rows.ids.column.children:
            if line.item == item:
                self.ids.rows.scroll_to(line, animate=False)

    def ask_why(self, item: str) -> None:
        """Ask why an item could not be verified here; without one, why all could not be that must be answered."""
        sheet = WhySheet(title=_("Cannot be verified here: why?"), reasons=self._whys)
        sheet.bind(on_why=lambda _sheet, why: self.dispatch("on_unverified", item, why))
        sheet.open()

    def ask_hazard(self, side: str, un: str, likely: tuple[str, ...]) -> None:
        """Ask for the hazard number above a UN number."""
        self._panel(SignsState).ask_hazard(side, un, likely)

    def _show_observed(self, state: SectionState) -> None:
        """Draw what is seen here, and below it what only an officer can tell."""
        holder, observed = self.ids.observed, state.observed
        panel = self._panel(type(observed)) if observed is not None else None
        shown = [one for one in (panel, self.questions if state.questions else None) if one is not None]
        self.has_observed = bool(shown)
        if list(reversed(holder.ids.column.children)) != shown:
            holder.clear_widgets()
            for one in shown:
                holder.add_widget(one)
        if panel:
            panel.show(observed)
        fill(self.questions, self._question, state.questions)

    def _question(self) -> QuestionCard:
        card = QuestionCard()
        card.bind(on_say=self._say)
        return card

    def _say(self, _card: Any, path: str, key: str) -> None:
        if key == PLATE:
            keys = PlateSheet(title=_("Trailer that hangs there"))
            keys.bind(on_plate=lambda _sheet, plate: self.dispatch("on_say", path, plate))
            keys.open()
        elif key == NUMBER:
            signs = SignSheet(title=_("Number on the tank"))
            signs.bind(on_number=lambda _sheet, number: self.dispatch("on_say", path, number))
            signs.open()
        elif key == GOODS:
            sheet = GoodsSheet(title=_("What did the tank carry last?"), find=self.find)
            sheet.bind(on_goods=lambda _sheet, goods: self.dispatch("on_goods", path, goods))
            sheet.open()
        else:
            self.dispatch("on_say", path, key)

    def _panel(self, kind: type) -> Any:
        if kind not in self._panels:
            panel = self._panels[kind] = PANELS[kind]()
            for event in set(panel.events()) & set(self.__events__):
                panel.fbind(event, self._pass, event)
        return self._panels[kind]

    def _pass(self, event: str, _panel: Any, *said: Any) -> None:
        self.dispatch(event, *said)

    def _line(self) -> ItemLine:
        line = ItemLine()
        line.bind(on_answer=self._answered)
        return line

    def _answered(self, line: ItemLine, answer: str) -> None:
        if answer == NOT_VERIFIED:
            self.ask_why(line.item)
        else:
            self.dispatch("on_answer", line.item, answer)

    def on_answer(self, item: str, answer: str) -> None:
        """Hear which answer to an item was pressed."""

    def on_unverified(self, item: str, why: str) -> None:
        """Hear why an item could not be verified; without one it is said of all that must be answered."""

    def on_clear(self) -> None:
        """Hear that there is no further deviation here, or that all is answered."""

    def on_lesson(self) -> None:
        """Hear that the crew is taught now."""

    def on_walk(self) -> None:
        """Hear that the officer goes back to the walk."""

    def on_aboard(self, people: list[dict[str, str]]) -> None:
        """Hear everyone who is aboard."""

    def on_panel(self, side: str, hazard: str, un: str) -> None:
        """Hear what orange plate hangs on a side; two empty texts mean none."""

    def on_blank(self, side: str) -> None:
        """Hear on which side a plate without figures hangs."""

    def on_compartment(self) -> None:
        """Hear that there are plates beside one compartment more."""

    def on_found(self, path: str, key: str) -> None:
        """Hear how a closing device was found."""

    def on_level(self, compartment: str, percent: int) -> None:
        """Hear the reading of a gauge."""

    def on_packages(self, number: int) -> None:
        """Hear how many packages were counted."""

    def on_unseen(self, path: str) -> None:
        """Hear that what was measured or counted was not, after all."""

    def on_un(self, side: str, un: str) -> None:
        """Hear a UN number whose hazard number has to be asked for."""

    def on_placards(self, sides: list[str], labels: list[str]) -> None:
        """Hear the diamonds of these sides."""

    def on_count(self, key: str, amount: int) -> None:
        """Hear how many of a piece are there."""

    def on_weigh(self, gross_kg: int) -> None:
        """Hear the weighbridge's gross mass."""

    def on_say(self, path: str, key: str) -> None:
        """Hear an answer to a question."""

    def on_goods(self, path: str, key: str) -> None:
        """Hear which goods a question was answered with, by the key of `mobile.library.goods`."""

    def on_order(self) -> None:
        """Hear that the officer wants the items in the other order."""

    def on_no_photo(self, reason: str) -> None:
        """Hear why there is no control photo."""


load_kv(__file__)
