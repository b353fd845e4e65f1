"""T4, opened: the items of a section, and beside them what is seen here."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.section.observed.state import SignsState
from mobile.screens.section.observed.view import PANELS
from mobile.screens.section.state import ItemRow, SectionState
from mobile.screens.shared.questions import GOODS
from mobile.screens.shared.results import Compared
from mobile.widgets import bars, control  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.asks import QuestionCard
from mobile.widgets.base import load_kv
from mobile.widgets.hits import GoodsSheet
from mobile.widgets.rows import fill
from mobile.words import _


class LightLine(BoxLayout):
    """What one rule says of the item."""

    verdict = StringProperty("")
    words = StringProperty("")

    def show(self, light: Compared) -> None:
        """Draw the verdict, what was compared and what is missing."""
        self.verdict = light.verdict
        self.words = f"{light.title}：{light.brief}" if light.brief else light.title


class ItemLine(BoxLayout):
    """One item with its three answers."""

    item = StringProperty("")
    title = StringProperty("")
    look = StringProperty("")
    tone = StringProperty("neutral")
    words = StringProperty("")
    given = StringProperty("")
    agency = StringProperty("")
    test_id = StringProperty("")
    __events__ = ("on_answer",)

    def show(self, row: ItemRow) -> None:
        """Draw the item; a light that says the same as the one before stands once."""
        self.item, self.test_id = row.item, f"item:{row.item}"
        self.title, self.look, self.tone = row.title, row.look, row.tone
        self.words, self.given, self.agency = row.words, row.answer, row.agency
        lights = {(one.verdict, one.title, one.brief): one for one in row.lights}
        fill(self.ids.lights, LightLine, list(lights.values()))
        self.ids.dispute.text = row.dispute

    def on_answer(self, answer: str) -> None:
        """Hear which answer was pressed."""


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
    __events__ = (
        *("on_answer", "on_clear", "on_walk", "on_lesson"),
        *("on_aboard", "on_panel", "on_un", "on_placards", "on_count", "on_weigh", "on_no_photo", "on_say", "on_goods"),
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
        self.may_teach = state.teaches
        self.photo = bool(state.photo)
        self.ids.control.show(state.photo, state.reasons)
        self._show_observed(state)
        fill(self.ids.rows.ids.column, self._line, state.rows)

    def bring(self, item: str) -> None:
        """Scroll to an item."""
        for line in self.ids.rows.ids.column.children:
            if line.item == item:
                self.ids.rows.scroll_to(line, animate=False)

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
        if key != GOODS:
            self.dispatch("on_say", path, key)
            return
        sheet = GoodsSheet(title=_("What did the tank carry last?"), find=self.find)
        sheet.bind(on_goods=lambda _sheet, goods: self.dispatch("on_goods", path, goods))
        sheet.open()

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
        line.bind(on_answer=lambda pressed, answer: self.dispatch("on_answer", pressed.item, answer))
        return line

    def on_answer(self, item: str, answer: str) -> None:
        """Hear which answer to an item was pressed."""

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

    def on_no_photo(self, reason: str) -> None:
        """Hear why there is no control photo."""


load_kv(__file__)
