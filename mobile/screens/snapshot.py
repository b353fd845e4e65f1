"""T3: the vehicle, its goods as they should look, and a light for each rule; conflicts first."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.states.snapshot import GoodsCard, KnownBlock, Light, SnapshotState
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
    stale = BooleanProperty(False)

    def show(self, block: KnownBlock) -> None:
        """Draw the block with its source and age."""
        self.unit, self.whose, self.papers = block.unit, block.whose, block.papers
        self.source, self.stale = block.source, block.stale


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
    __events__ = ("on_walk",)

    def show(self, state: SnapshotState) -> None:
        """Draw the state."""
        self.carrier, self.goods_source, self.summary = state.carrier, state.goods_source, state.summary
        fill(self.ids.plates, PlateMark, state.plates)
        fill(self.ids.goods, GoodsRow, state.goods)
        fill(self.ids.known, KnownLine, state.known)
        fill(self.ids.lights.ids.column, LightRow, state.lights)

    def on_walk(self) -> None:
        """Hear that the walk begins."""


load_kv(__file__)
