"""T5: the sheet of one deviation; everything is filled in, the officer changes what differs."""

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.deviation.state import Cited, DeviationState, Proof
from mobile.screens.shared.results import Compared
from mobile.widgets import bars, field, part, picks, thumbs  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.asks import QuestionCard
from mobile.widgets.base import keep, load_kv
from mobile.widgets.copied import CopiedField
from mobile.widgets.hits import GoodsSheet
from mobile.widgets.picks import PadSheet
from mobile.widgets.rows import fill
from mobile.words import _

TONES = {"verified": "good", "unverified": "unknown", "missing": "unknown"}


class CitedLine(BoxLayout):
    """A clause or a penalty with its mark; what is not verified is amber and says so."""

    text = StringProperty("")
    mark = StringProperty("verified")
    tone = StringProperty("good")

    def show(self, cited: Cited) -> None:
        """Draw the clause."""
        self.text, self.mark, self.tone = cited.text, cited.mark_words, TONES[cited.mark]


class ValueLine(BoxLayout):
    """One value that a rule compared, with its source."""

    what = StringProperty("")
    value = StringProperty("")
    source = StringProperty("")

    def show(self, row: tuple[str, str, str]) -> None:
        """Draw the value."""
        self.what, self.value, self.source = row


class FactRow(BoxLayout):
    """Something that follows from the deviation, with its name."""

    what = StringProperty("")
    value = StringProperty("")


class ConflictBox(BoxLayout):
    """What a comparison found, value by value, and the way to set it aside with a reason."""

    result = StringProperty("")
    verdict = StringProperty("")
    title = StringProperty("")
    missing = StringProperty("")
    overridden = StringProperty("")
    asking = BooleanProperty(False)
    test_id = StringProperty("")
    __events__ = ("on_override", "on_heed")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # What is only made small still lies under the finger; what is not asked is not there.
        self.why, self.reasons = keep(self, "why", "reasons")
        self.remove_widget(self.why)

    def on_asking(self, _box: Any, asking: bool) -> None:
        """Ask for the reason, or stop asking."""
        if asking != (self.why.parent is self):
            (self.add_widget if asking else self.remove_widget)(self.why)

    def show(self, shown: tuple[Compared, tuple[str, ...]]) -> None:
        """Draw the comparison and the likely reasons."""
        one, reasons = shown
        if one.id != self.result:
            self.asking = False
        self.result, self.verdict, self.title = one.id, one.verdict, one.title
        self.missing, self.overridden = one.missing, one.overridden
        self.test_id = f"conflict:{one.id}"
        fill(self.ids.rows, ValueLine, one.rows)
        self.reasons.show([_Reason(reason) for reason in reasons])

    def touched(self) -> None:
        """Ask why it is set aside, or stop asking; one that was set aside counts again."""
        if self.overridden:
            self.dispatch("on_heed")
        else:
            self.asking = not self.asking

    def set_aside(self, reason: str) -> None:
        """Set the comparison aside for a reason."""
        if reason.strip():
            self.asking, self.ids.reason.text = False, ""
            self.dispatch("on_override", reason.strip())

    def on_override(self, reason: str) -> None:
        """Hear why the comparison is set aside."""

    def on_heed(self) -> None:
        """Hear that the comparison counts again."""


class _Reason:
    """A likely reason, as a pick shows it."""

    chosen = False

    def __init__(self, reason: str) -> None:
        self.key = self.text = reason


class DeviationScreen(BoxLayout):
    """All of T5. `find(text)` gives the conducts that fit a text."""

    _searching: Any = None
    title = StringProperty("")
    look = StringProperty("")
    duty_holder = StringProperty("")
    agency = StringProperty("")
    agency_name = StringProperty("")
    simple = StringProperty("")
    item = StringProperty("")
    recorded = BooleanProperty(False)
    photo_words = StringProperty("")
    has_measured = BooleanProperty(False)
    trouble = StringProperty("")
    find = ObjectProperty(None)
    __events__ = (
        "on_choose",
        "on_note",
        "on_photo",
        "on_measured",
        "on_instrument",
        "on_mark",
        "on_override",
        "on_heed",
        "on_say",
        "on_done",
        "on_leave",
    )

    def show(self, state: DeviationState, load: Callable[[str], bytes]) -> None:
        """Draw the sheet; `load` gives the JPEG of a thumbnail by its digest, and is asked once for each."""
        self.item, self.title, self.look = state.item, state.title, state.look
        self.duty_holder, self.agency, self.agency_name = state.duty_holder, state.agency, state.agency_name
        self.simple, self.recorded = state.simple, state.recorded
        self.ids.note.hold(state.note)
        self.photo_words = state.photo_words
        for name in ("faults", "conducts", "locations", "severities", "measures"):
            self.ids[name].show(getattr(state, name))
        self._measured = {one.key: one for one in state.measured}
        self.has_measured = bool(state.measured)
        self.ids.measured.show(state.measured)
        fill(self.ids.instrument, self._instrument, state.instrument)
        fill(self.ids.basis, CitedLine, state.basis)
        fill(self.ids.penalty, CitedLine, state.penalty)
        fill(self.ids.questions, self._question, state.questions)
        fill(self.ids.conflicts, self._conflict, [(one, state.reasons) for one in state.compared])
        fill(self.ids.photos, self._thumb, [(one, load) for one in state.photos])

    def release(self) -> None:
        """Give the memory of all thumbnails back."""
        fill(self.ids.photos, self._thumb, ())

    def measure(self, key: str) -> None:
        """Ask for a measured value on the pad; below it stands what can be true."""
        one = self._measured[key]
        sheet = PadSheet(title=one.title, unit=one.unit, digits=7, decimals=one.decimals, test_id=f"pad:{key}")
        sheet.also = one.range
        sheet.bind(on_number=lambda _sheet, text: self.dispatch("on_measured", key, text))
        sheet.open()

    def search(self) -> None:
        """Look for a conduct by its code, words or initials."""
        sheet = self._searching = GoodsSheet(title=_("What is wrong? Code, words or pinyin initials"), find=self.find)
        sheet.bind(on_goods=lambda _sheet, key: self.dispatch("on_choose", "conduct", key))
        sheet.open()

    def on_parent(self, _screen: Any, parent: Any) -> None:
        """Leave no sheet over another screen."""
        if parent is None and self._searching is not None:
            self._searching.dismiss(animation=False)

    def _instrument(self) -> CopiedField:
        made = CopiedField()
        made.bind(on_text_left=lambda left: self.dispatch("on_instrument", left.path, left.text))
        return made

    def _thumb(self) -> Any:
        thumb = ProofThumb()
        thumb.bind(on_release=lambda pressed: self.dispatch("on_mark", pressed.entry))
        return thumb

    def _question(self) -> QuestionCard:
        card = QuestionCard()
        card.bind(on_say=lambda _card, path, key: self.dispatch("on_say", path, key))
        return card

    def _conflict(self) -> ConflictBox:
        box = ConflictBox()
        box.bind(on_override=lambda pressed, reason: self.dispatch("on_override", pressed.result, reason))
        box.bind(on_heed=lambda pressed: self.dispatch("on_heed", pressed.result))
        return box

    def on_choose(self, kind: str, key: str) -> None:
        """Hear a choice: fault, conduct, location, severity or measure."""

    def on_note(self, note: str) -> None:
        """Hear the note."""

    def on_photo(self) -> None:
        """Hear that a photo is to be taken."""

    def on_measured(self, key: str, entered: str) -> None:
        """Hear a measured value as it was entered."""

    def on_instrument(self, key: str, text: str) -> None:
        """Hear with what was measured, or until when that is calibrated."""

    def on_mark(self, entry: str) -> None:
        """Hear which photo is to be drawn on."""

    def on_override(self, result: str, reason: str) -> None:
        """Hear that a comparison is set aside, and why."""

    def on_heed(self, result: str) -> None:
        """Hear that a comparison which was set aside counts again."""

    def on_say(self, path: str, key: str) -> None:
        """Hear what settles which law is broken."""

    def on_done(self) -> None:
        """Hear that the deviation is to be recorded."""

    def on_leave(self) -> None:
        """Hear that nothing is to be recorded."""


class ProofThumb(bars.PhotoThumb):
    """A photo of the deviation; a touch opens it to be drawn on."""

    entry = StringProperty("")
    digest = StringProperty("")

    def show(self, shown: tuple[Proof, Callable[[str], bytes]]) -> None:
        """Draw the thumbnail; it is read from memory, so that no plain photo lies on the disk."""
        proof, load = shown
        self.entry, self.test_id = proof.entry, f"photo:{proof.entry}"
        self.caption = proof.at[11:16]
        if proof.thumbnail != self.digest:
            self.digest = proof.thumbnail
            self.texture = thumbs.texture(load(proof.thumbnail), round(max(self.size)))


load_kv(__file__)
