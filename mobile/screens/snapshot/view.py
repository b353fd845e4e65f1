"""T3: the vehicle, its goods as they should look, and a light for each rule; conflicts first."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.attention.state import OrderCard, PastCheck, TierMark
from mobile.screens.snapshot.earlier.state import EarlierLine, HoldCard
from mobile.screens.snapshot.response.state import ResponseState
from mobile.screens.snapshot.state import GoodsCard, KnownBlock, Light, SnapshotState
from mobile.widgets import bars  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.placards import Diamond
from mobile.widgets.plate import Plate
from mobile.widgets.rows import fill


class PlateMark(Plate):
    """A plate that follows the state."""

    def show(self, shown: tuple[str, str]) -> None:
        """Draw text and colour."""
        self.text, self.colour = shown


class LabelMark(Diamond):
    """A diamond that follows the state."""

    def show(self, label: str) -> None:
        """Draw the label."""
        self.label = label


class GoodsRow(BoxLayout):
    """A line of goods: orange plate, diamonds, and the waybill's words."""

    un = StringProperty("")
    hazard = StringProperty("")
    name = StringProperty("")
    detail = StringProperty("")

    def show(self, card: GoodsCard) -> None:
        """Draw the line."""
        self.un, self.hazard, self.name, self.detail = card.un, card.hazard_id, card.name, card.detail
        fill(self.ids.labels, LabelMark, card.labels)


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


class PastLine(BoxLayout):
    """Something that was found before."""

    day = StringProperty("")
    what = StringProperty("")
    number = StringProperty("")

    def show(self, past: PastCheck) -> None:
        """Draw the line."""
        self.day, self.what, self.number = past.day, past.what, past.number


class EarlierRow(BoxLayout):
    """A check that was made before; its tone says whether it holds."""

    test_id = StringProperty("")
    when = StringProperty("")
    what = StringProperty("")
    where = StringProperty("")
    tone = StringProperty("neutral")

    def show(self, line: EarlierLine) -> None:
        """Draw the line."""
        self.when, self.what, self.where, self.tone = line.when, line.what, line.where, line.tone
        self.test_id = f"earlier:{line.id}"


class OrderBlock(BoxLayout):
    """An order that stands, on red over the whole width."""

    test_id = StringProperty("")
    number = StringProperty("")
    title = StringProperty("")
    authority = StringProperty("")
    against = StringProperty("")
    what = StringProperty("")
    blocks = StringProperty("")

    def show(self, order: OrderCard) -> None:
        """Draw the order."""
        self.number, self.title, self.authority = order.number, order.title, order.authority
        self.against, self.what, self.blocks = order.against, order.what, order.blocks
        self.test_id = f"order:{order.number}"


class HoldBlock(BoxLayout):
    """A hold of an earlier check, on red over the whole width as an order."""

    test_id = StringProperty("")
    title = StringProperty("")
    where = StringProperty("")
    against = StringProperty("")
    found = StringProperty("")
    look = StringProperty("")

    def show(self, hold: HoldCard) -> None:
        """Draw the hold."""
        self.title, self.where, self.against = hold.title, hold.where, hold.against
        self.found, self.look = hold.found, hold.look
        self.test_id = f"hold:{hold.id}"


TIER_SIGNS = {"high": "bang", "medium": "query", "low": "tick"}


class TierStrip(BoxLayout):
    """How much attention the vehicle asks for, and why; the sign and the words say it as well as the colour."""

    test_id = StringProperty("")
    title = StringProperty("")
    tone = StringProperty("neutral")
    level = StringProperty("")
    reasons = StringProperty("")
    signs = TIER_SIGNS

    def show(self, mark: TierMark) -> None:
        """Draw the tier."""
        self.title, self.tone, self.level = mark.title, mark.tone, mark.level
        self.reasons = "\n".join(f"{number}. {one}" for number, one in enumerate(mark.reasons, 1))


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
    ready = BooleanProperty(True)
    __events__ = ("on_walk", "on_choose_depth", "on_reason", "on_response")

    def __init__(self, **kwargs: Any) -> None:
        self._depth_sheet: Any = None
        self._response_sheet: Any = None
        super().__init__(**kwargs)

    def show(self, state: SnapshotState) -> None:
        """Draw the state."""
        self.carrier, self.goods_source, self.summary = state.carrier, state.goods_source, state.summary
        self.past_words, self.depth = state.past_words, state.depth.title
        self.compare_plate, self.ready = state.compare_plate, not state.depth.lacking
        self.blocked = bool(state.orders or state.holds)
        earlier = state.earlier
        self.earlier_brief, self.earlier_source = earlier.brief or earlier.empty, earlier.source
        self.earlier_words = earlier.more
        self.ids.tier.show(state.tier)
        fill(self.ids.holds, HoldBlock, state.holds)
        fill(self.ids.orders, OrderBlock, state.orders)
        fill(self.ids.plates, PlateMark, state.plates)
        fill(self.ids.goods, GoodsRow, state.goods)
        fill(self.ids.known, KnownLine, state.known)
        fill(self.ids.earlier, EarlierRow, earlier.lines)
        fill(self.ids.past, PastLine, state.past)
        fill(self.ids.lights.ids.column, LightRow, state.lights)
        self._state = state
        if self._depth_sheet is not None:
            self._depth_sheet.show(state.depth)

    def ask_depth(self) -> None:
        """Open the sheet on which another depth is chosen."""
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

    def on_response(self, what: str, value: bool) -> None:
        """Hear that the card for a leak is wanted; `what` and `value` change over what it is for, empty does not."""


load_kv(__file__)
