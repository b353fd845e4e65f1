"""A tank as it is seen: its closing devices one by one, and the readings of its gauges."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.section.tank.state import DeviceState, LevelState, TankState
from mobile.widgets import bars, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.picks import PadSheet
from mobile.widgets.rows import fill
from mobile.words import _


class DeviceLine(BoxLayout):
    """A closing device with the ways in which it may be found."""

    path = StringProperty("")
    name = StringProperty("")
    __events__ = ("on_way",)

    def show(self, device: DeviceState) -> None:
        """Draw the device."""
        self.path, self.name = device.path, device.name
        self.ids.ways.test_id = f"found:{device.path}"
        self.ids.ways.show(device.ways)

    def on_way(self, key: str) -> None:
        """Hear how it was found."""


class LevelLine(BoxLayout):
    """A gauge with its reading."""

    compartment = StringProperty("")
    name = StringProperty("")
    text = StringProperty("")
    __events__ = ("on_ask",)

    def show(self, level: LevelState) -> None:
        """Draw the gauge."""
        self.compartment, self.name = level.compartment, level.name
        self.text = "" if level.percent is None else f"{level.percent} %"

    def on_ask(self) -> None:
        """Hear that the reading is to be entered."""


class TankPanel(BoxLayout):
    """All of a tank."""

    __events__ = ("on_found", "on_level", "on_unseen")

    def show(self, state: TankState) -> None:
        """Draw devices and gauges."""
        fill(self.ids.devices, self._device, state.devices)
        fill(self.ids.levels, self._level, state.levels)

    def _device(self) -> DeviceLine:
        line = DeviceLine()
        line.bind(on_way=lambda pressed, key: self.dispatch("on_found", pressed.path, key))
        return line

    def _level(self) -> LevelLine:
        line = LevelLine()
        line.bind(on_ask=self._ask)
        return line

    def _ask(self, line: LevelLine) -> None:
        back = _("Not read after all") if line.text else ""
        sheet = PadSheet(title=line.name, unit="%", digits=3, back=back, test_id="pad:level")
        sheet.also = "0–100 %"
        sheet.bind(on_number=lambda _sheet, text: self._read(line.compartment, text))
        sheet.open()

    def _read(self, compartment: str, text: str) -> None:
        if text:
            self.dispatch("on_level", compartment, int(text))
        else:
            self.dispatch("on_unseen", f"seen.levels.{compartment}")

    def on_found(self, path: str, key: str) -> Any:
        """Hear how a device was found."""

    def on_level(self, compartment: str, percent: int) -> Any:
        """Hear the reading of a gauge."""

    def on_unseen(self, path: str) -> Any:
        """Hear that a gauge was not read after all."""


load_kv(__file__)
