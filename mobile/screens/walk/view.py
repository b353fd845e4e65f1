"""T4: the sections as tiles in walking order; what "no deviation" would state stands on each."""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.shared.questions import Option
from mobile.screens.walk.points.state import OpenPoint
from mobile.screens.walk.state import TileState, WalkState
from mobile.widgets import bars, part, tile  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import QuietButton
from mobile.widgets.rows import fill


class SectionTile(BoxLayout):
    """A section of the walk: whose it is, how it stands, what clearing states, and the two things to do with it."""

    section = StringProperty("")
    title = StringProperty("")
    agency = StringProperty("")
    agency_name = StringProperty("")
    items = NumericProperty(0)
    state = StringProperty("open")
    state_words = StringProperty("")
    note = StringProperty("")
    confirms = StringProperty("")
    clear_words = StringProperty("")
    may_clear = BooleanProperty(False)
    drawn = StringProperty("")
    own = StringProperty("")
    needs = NumericProperty(0)
    kept = NumericProperty(0)
    focus_words = StringProperty("")
    test_id = StringProperty("")
    __events__ = ("on_clear", "on_open", "on_photo")

    def show(self, state: TileState, *, stay: bool = False) -> None:
        """Draw the section; where it is to `stay` it keeps its height, so that no tile moves away under a finger."""
        self.kept = max(self.kept, self.needs) if stay else 0
        self.section, self.test_id = state.section, f"tile:{state.section}"
        self.title, self.agency, self.agency_name = state.title, state.agency, state.agency_name
        self.items, self.state, self.state_words = state.items, state.state, state.state_words
        self.confirms, self.note = "\n".join(state.confirms), state.note
        self.clear_words, self.may_clear, self.drawn = state.clear_words, state.may_clear, state.photo
        self.own, self.focus_words = state.own, state.focus

    def on_width(self, _tile: Any, _width: float) -> None:
        """Take what the words need in the new width."""
        self.kept = 0

    def on_clear(self) -> None:
        """Hear that the officer found no (further) deviation here."""

    def on_open(self) -> None:
        """Hear that the officer wants to see the items."""

    def on_photo(self) -> None:
        """Hear that the control photo is taken."""


class PointRow(ButtonBehavior, BoxLayout):
    """Something that is still open, one touch away from where it is dealt with."""

    text = StringProperty("")
    why = StringProperty("")
    section = StringProperty("")
    item = StringProperty("")
    test_id = StringProperty("")

    def show(self, point: OpenPoint) -> None:
        """Draw the point."""
        self.text, self.why, self.section, self.item = point.text, point.why, point.section, point.item
        self.test_id = f"point:{point.item or point.section}"


class OpenCard(BoxLayout):
    """How far the walk has come, and by name what one touch cannot clear."""

    test_id = StringProperty("")
    progress = StringProperty("")
    rest = StringProperty("")
    share = NumericProperty(0)
    order_words = StringProperty("")
    __events__ = ("on_point", "on_order")

    def show(self, state: WalkState) -> None:
        """Draw the progress and the points."""
        self.progress, self.rest, self.order_words = state.progress, state.rest, state.order
        self.share = state.answered / state.total if state.total else 0
        fill(self.ids.points.ids.column, self._row, state.points)

    def _row(self) -> PointRow:
        row = PointRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_point", pressed.section, pressed.item))
        return row

    def on_point(self, section: str, item: str) -> None:
        """Hear which point was pressed."""

    def on_order(self) -> None:
        """Hear that the officer wants the other order."""


class LoadButton(QuietButton):
    """One of the ways in which a vehicle may be loaded."""

    key = StringProperty("")

    def show(self, option: Option) -> None:
        """Draw the way."""
        self.key, self.text, self.test_id = option.key, option.text, f"load:{option.key}"


class WalkScreen(BoxLayout):
    """All of T4."""

    compare_words = StringProperty("")
    outcome_words = StringProperty("")
    may_conclude = BooleanProperty(False)
    papers_words = StringProperty("")
    asks_load = BooleanProperty(False)
    spread = BooleanProperty(False)
    __events__ = (
        *("on_clear", "on_open", "on_photo", "on_compare", "on_outcome", "on_pair"),
        *("on_load", "on_papers", "on_order"),
    )

    def __init__(self, **kwargs: Any) -> None:
        self.card, self._of, self._shown = OpenCard(), "", ""
        super().__init__(**kwargs)
        self.card.bind(
            on_point=lambda _card, section, item: self.dispatch("on_open", section, item),
            on_order=lambda _card: self.dispatch("on_order"),
        )

    def begin(self, inspection: str) -> None:
        """Stand at the top for another vehicle; coming back to the same one the tiles stay where they were."""
        if inspection != self._of:
            self._of = inspection
            self.ids.scroll.scroll_y = 1
            self.ids.scroll.effect_y.velocity = 0

    def show(self, state: WalkState) -> None:
        """Draw the walk; tiles stay where they are and change their words only."""
        tiles, shown = self.ids.tiles, len(self.ids.tiles.children) - (self.card.parent is not None)
        if shown == len(state.tiles):
            # Taking the card away and putting it back would lay the whole screen out anew.
            for one, tile_state in zip(reversed(tiles.children[1:]), state.tiles, strict=True):
                one.show(tile_state, stay=self._shown == self._of)
        else:
            tiles.clear_widgets()
            fill(tiles, self._tile, state.tiles)
            tiles.add_widget(self.card)
        self._shown = self._of
        self.card.show(state)
        self.compare_words, self.outcome_words = state.compare_words, state.outcome_words
        self.may_conclude, self.papers_words = state.may_conclude, state.papers
        self.asks_load = bool(state.load)
        fill(self.ids.load, self._load, state.load)

    def _load(self) -> LoadButton:
        button = LoadButton()
        button.bind(on_release=lambda pressed: self.dispatch("on_load", pressed.key))
        return button

    def _tile(self) -> SectionTile:
        made = SectionTile()
        made.bind(
            on_clear=lambda pressed: self.dispatch("on_clear", pressed.section),
            on_open=lambda pressed: self.dispatch("on_open", pressed.section, ""),
            on_photo=lambda pressed: self.dispatch("on_photo", pressed.section),
        )
        return made

    def on_clear(self, section: str) -> None:
        """Hear that there is no (further) deviation in a section."""

    def on_open(self, section: str, item: str) -> None:
        """Hear that a section is to be opened, perhaps at an item."""

    def on_order(self) -> None:
        """Hear that the officer wants the tiles in the other order."""

    def on_pair(self) -> None:
        """Hear that the officer works with a colleague's tablet."""

    def on_photo(self, section: str) -> None:
        """Hear that the control photo of a section is taken."""

    def on_load(self, key: str) -> None:
        """Hear how the vehicle is loaded."""

    def on_papers(self) -> None:
        """Hear that the papers in the crew's hand are copied."""

    def on_compare(self) -> None:
        """Hear that the officer wants the five-way table."""

    def on_outcome(self) -> None:
        """Hear that the officer wants to conclude."""


load_kv(__file__)
