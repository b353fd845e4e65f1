"""T3: the vehicle, its goods as they should look, and a light for each rule; conflicts first."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.attention.view import OrderBlock, PastLine
from mobile.screens.snapshot.before.view import BeforeBlock
from mobile.screens.snapshot.campaign.view import CampaignBlock
from mobile.screens.snapshot.earlier.view import EarlierRow, HoldBlock
from mobile.screens.snapshot.goods.view import GoodsLine, GoodsRow, PlateMark
from mobile.screens.snapshot.response.state import ResponseState
from mobile.screens.snapshot.state import KnownBlock, Light, SnapshotState
from mobile.screens.snapshot.watch.view import WatchBlock
from mobile.widgets import bars  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class KnownLine(BoxLayout):
    """A block that was filled in by itself."""

    unit = StringProperty("")
    whose = StringProperty("")
    papers = StringProperty("")
    source = StringProperty("")
    soon = StringProperty("")
    stale = BooleanProperty(False)

    def show(self, block: KnownBlock) -> None:
        """Draw the block with its source and age."""
        self.unit, self.whose, self.papers = block.unit, block.whose, block.papers
        self.source, self.stale, self.soon = block.source, block.stale, block.soon


class LightRow(BoxLayout):
    """A rule's light with its reasons."""

    test_id = StringProperty("")
    verdict = StringProperty("")
    title = StringProperty("")
    reasons = StringProperty("")

    def show(self, light: Light) -> None:
        """Draw the light."""
        self.verdict, self.title, self.reasons = light.verdict, light.title, "\n".join(light.reasons)
        self.test_id = f"light:{light.rule}"


class SnapshotScreen(BoxLayout):
    """The snapshot."""

    carrier = StringProperty("")
    goods_source = StringProperty("")
    summary = StringProperty("")
    past_words = StringProperty("")
    earlier_brief = StringProperty("")
    earlier_source = StringProperty("")
    earlier_words = StringProperty("")
    depth = StringProperty("")
    compare_plate = BooleanProperty(False)
    blocked = BooleanProperty(False)
    registers = BooleanProperty(False)
    ready = BooleanProperty(True)
    __events__ = (
        *("on_walk", "on_choose_depth", "on_reason", "on_response", "on_lift", "on_watched"),
        *("on_stop", "on_lift_order"),
    )

    def __init__(self, **kwargs: Any) -> None:
        self._depth_sheet: Any = None
        self._response_sheet: Any = None
        self._state: SnapshotState | None = None
        super().__init__(**kwargs)

    def show(self, state: SnapshotState) -> None:
        """Draw the state."""
        self.carrier, self.goods_source, self.summary = state.carrier, state.goods_source, state.summary
        self.past_words, self.depth = state.past_words, state.depth.title
        self.compare_plate, self.ready = state.compare_plate, not state.depth.lacking
        self.blocked, self.registers = bool(state.orders or state.holds), state.registers
        earlier = state.earlier
        self.earlier_brief, self.earlier_source = earlier.brief or earlier.empty, earlier.source
        self.earlier_words = earlier.more
        self.ids.tier.show(state.tier)
        fill(self.ids.holds, self._hold, state.holds)
        fill(self.ids.orders, self._order, state.orders)
        # Beside what stops the vehicle a request takes no room of its own: it is the first thing of the list below.
        first = 0 if self.blocked else 1
        before = [state.before] if state.before else []
        fill(self.ids.before_first, BeforeBlock, before if first and not state.watches else [])
        fill(self.ids.before_more, BeforeBlock, [] if first and not state.watches else before)
        fill(self.ids.watch_first, self._watch, state.watches[:first])
        fill(self.ids.watch_more, self._watch, state.watches[first:])
        # One that looks for what stands here is read first; the others leave the room to the vehicle.
        fill(self.ids.campaigns, CampaignBlock, [one for one in state.campaigns if one.targets])
        fill(self.ids.campaigns_more, CampaignBlock, [one for one in state.campaigns if not one.targets])
        fill(self.ids.plates, PlateMark, state.plates)
        if self._state is not None and self._state.listed != state.listed:
            self.ids.goods.clear_widgets()
        fill(self.ids.goods, GoodsLine if state.listed else GoodsRow, state.goods)
        fill(self.ids.known, KnownLine, state.known)
        fill(self.ids.earlier, EarlierRow, earlier.lines)
        fill(self.ids.past, PastLine, state.past)
        fill(self.ids.lights.ids.column, LightRow, state.lights)
        self._state = state
        if self._depth_sheet is not None:
            self._depth_sheet.show(state.depth)

    def _hold(self) -> HoldBlock:
        block = HoldBlock()
        block.bind(on_lift=lambda pressed: self.dispatch("on_lift", pressed.key))
        return block

    def _order(self) -> OrderBlock:
        block = OrderBlock()
        block.bind(on_lift_order=lambda pressed: self.dispatch("on_lift_order", pressed.key))
        return block

    def _watch(self) -> WatchBlock:
        block = WatchBlock()
        block.bind(on_watched=lambda pressed: self.dispatch("on_watched", pressed.key))
        return block

    def ask_depth(self) -> None:
        """Open the sheet on which another depth is chosen."""
        if self._state is None:
            return
        from mobile.screens.snapshot.depth.view import DepthSheet

        sheet = self._depth_sheet = DepthSheet()
        sheet.bind(
            on_choose=lambda _sheet, checklist: self.dispatch("on_choose_depth", checklist),
            on_reason=lambda _sheet, reason: self.dispatch("on_reason", reason),
            on_dismiss=self._closed,
        )
        sheet.show(self._state.depth)
        sheet.open(animation=False)

    def show_response(self, state: ResponseState) -> None:
        """Show the card for a leak over everything."""
        from mobile.screens.snapshot.response.view import ResponseSheet

        if self._response_sheet is None:
            sheet = self._response_sheet = ResponseSheet()
            sheet.bind(
                on_change=lambda _sheet, what, value: self.dispatch("on_response", what, value),
                on_dismiss=self._closed,
            )
            sheet.open(animation=False)
        self._response_sheet.show(state)

    def on_parent(self, _screen: Any, parent: Any) -> None:
        """Leave no sheet over another screen."""
        for sheet in (self._depth_sheet, self._response_sheet) if parent is None else ():
            if sheet is not None:
                sheet.dismiss(animation=False)

    def _closed(self, sheet: Any) -> None:
        if sheet is self._depth_sheet:
            self._depth_sheet = None
        else:
            self._response_sheet = None

    def on_walk(self) -> None:
        """Hear that the walk begins."""

    def on_choose_depth(self, checklist: str) -> None:
        """Hear which checklist is to be asked."""

    def on_reason(self, reason: str) -> None:
        """Hear why less is asked than proposed."""

    def on_lift(self, inspection: str) -> None:
        """Hear that a hold of this tablet's own is to be lifted on its record."""

    def on_stop(self) -> None:
        """Hear that a stop order is to be given against the vehicle."""

    def on_lift_order(self, order: str) -> None:
        """Hear which order is to be lifted."""

    def on_watched(self, entry: str) -> None:
        """Hear that the team did what an entry of the watch list asks for."""

    def on_response(self, what: str, value: bool) -> None:
        """Hear that the card for a leak is wanted; `what` and `value` change over what it is for, empty does not."""


load_kv(__file__)
