"""T7: the findings by authority on the left; proposal, choice and what is still missing on the right."""

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from checklists.papers.amounts import capital
from mobile.screens.outcome.state import Choice, Group, Obstacle, OutcomeState, Row
from mobile.widgets import bars, field, part  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import Chip, SmallButton
from mobile.widgets.picks import PadSheet
from mobile.widgets.rows import fill
from mobile.words import _

ROW_EVENTS = ("on_photo", "on_fact", "on_law", "on_fix", "on_decide")


class RowButton(SmallButton):
    """Something to do about a finding."""

    event = StringProperty("")

    def show(self, todo: tuple[str, str, str, str]) -> None:
        """Draw it: the event that it sends, its name, its words and its sign."""
        self.event, self.test_id, self.text, self.sign = todo


class FindingRow(BoxLayout):
    """One finding: how grave, what, on which footing, its evidence, and what can be done about it here."""

    test_id = StringProperty("")
    item = StringProperty("")
    fault = StringProperty("")
    title = StringProperty("")
    tone = StringProperty("neutral")
    severity = StringProperty("")
    detail = StringProperty("")
    pending = StringProperty("")
    one_act = StringProperty("")
    photos = StringProperty("")
    wants_fact = StringProperty("")
    lacks = StringProperty("")
    fixed = StringProperty("")
    spot = StringProperty("")
    __events__ = ROW_EVENTS

    def show(self, row: Row) -> None:
        """Draw the finding."""
        self.wants_fact, self.lacks, self.fixed, self.spot = row.wants_fact, row.lacks, row.fixed, row.spot
        self.item, self.fault, self.title, self.tone = row.item, row.fault, row.text, row.tone
        self.severity, self.detail, self.pending = row.severity_words, row.detail, row.pending
        self.one_act, self.photos = row.one_act, row.photos
        todo = (
            ("on_photo", f"photo:{row.item}", _("Photo"), "camera") if row.wants_photo else None,
            ("on_fact", f"fact:{row.item}", _("Enter it"), "pen") if row.wants_fact else None,
            ("on_law", f"law:{row.item}", _("Say which"), "pen") if row.asks_law else None,
            ("on_fix", f"fix:{row.item}", _("Check again"), "camera") if row.may_fix else None,
            ("on_decide", f"decide:{row.item}", row.fine or _("Fine here"), "tick" if row.fine else "")
            if row.may_decide
            else None,
        )
        fill(self.ids.todo, self._button, [one for one in todo if one])

    def _button(self) -> RowButton:
        button = RowButton()
        button.bind(on_release=lambda pressed: self.dispatch(pressed.event))
        return button

    def on_photo(self) -> None:
        """Hear that the officer wants to take the photo that the case needs."""

    def on_fact(self) -> None:
        """Hear that the officer wants to enter the fact that the case needs."""

    def on_law(self) -> None:
        """Hear that the officer says which law holds."""

    def on_fix(self) -> None:
        """Hear that it was put right, and that the newest picture shows it."""

    def on_decide(self) -> None:
        """Hear that the officer wants to decide it on the spot, or to take that back."""


class GroupCard(BoxLayout):
    """What one authority gets."""

    agency = StringProperty("")
    title = StringProperty("")
    handling = StringProperty("")
    __events__ = ROW_EVENTS

    def show(self, group: Group) -> None:
        """Draw the group with its findings."""
        self.agency, self.title, self.handling = group.agency, group.title, group.handling
        fill(self.ids.findings, self._row, group.rows)

    def _row(self) -> FindingRow:
        row = FindingRow()
        row.bind(
            on_photo=lambda pressed: self.dispatch("on_photo", pressed.item),
            on_fact=lambda pressed: self.dispatch("on_fact", pressed.wants_fact, pressed.item),
            on_law=lambda pressed: self.dispatch("on_law", pressed.item),
            on_fix=lambda pressed: self.dispatch("on_fix", pressed.fault),
            on_decide=lambda pressed: self.dispatch("on_decide", pressed.fault),
        )
        return row

    def on_photo(self, item: str) -> None:
        """Hear for which item a photo is to be taken."""

    def on_fact(self, section: str, item: str) -> None:
        """Hear in which section a fact is to be entered."""

    def on_law(self, item: str) -> None:
        """Hear for which item the officer says which law holds."""

    def on_fix(self, fault: str) -> None:
        """Hear which fault was put right."""

    def on_decide(self, fault: str) -> None:
        """Hear which fault is to be decided on the spot."""


class PickChip(Chip):
    """A choice of several; the state says which is chosen."""

    key = StringProperty("")
    proposed = BooleanProperty(False)
    words = StringProperty("")

    def show(self, choice: Choice) -> None:
        """Draw the choice."""
        self.key, self.words, self.proposed, self.active = choice.key, choice.text, choice.proposed, choice.chosen
        self.test_id = f"pick:{choice.key}"


class LeadRow(ButtonBehavior, BoxLayout):
    """Something to do elsewhere; a touch leads there."""

    test_id = StringProperty("")
    words = StringProperty("")
    place = ListProperty(["", ""])

    def show(self, one: Obstacle) -> None:
        """Draw what is open."""
        self.words, self.place = one.text, [one.section, one.item]
        self.test_id = f"lead:{one.item or one.section}"


class OutcomeScreen(BoxLayout):
    """The outcome."""

    proposal = StringProperty("")
    why = StringProperty("")
    measures = StringProperty("")
    lacking = StringProperty("")
    may_sign = BooleanProperty(False)
    lighter = BooleanProperty(False)
    needs_day = BooleanProperty(False)
    has_obstacles = BooleanProperty(False)
    missing = StringProperty("")
    clean = BooleanProperty(False)
    approval = StringProperty("")
    approved = BooleanProperty(True)
    terms = StringProperty("")
    nameless = StringProperty("")
    several = BooleanProperty(False)
    go_words = StringProperty("")
    _asked = ""
    __events__ = (
        *("on_choose", "on_reason", "on_deadline", "on_obstacle", "on_fine"),
        *("on_second", "on_sign", "on_lesson"),
        *ROW_EVENTS,
    )

    def show(self, state: OutcomeState) -> None:
        """Draw the state."""
        fill(self.ids.groups.ids.column, self._group, state.groups)
        self.proposal, self.why, self.measures = state.proposal, state.why, state.measures
        self.lacking, self.may_sign, self.clean = state.lacking, state.may_sign, not state.groups
        self.lighter, self.needs_day = bool(state.reasons), bool(state.deadlines)
        self.has_obstacles, self.missing = bool(state.obstacles), state.missing_evidence
        self.ids.own_reason.hold(state.own_reason)
        self.approval, self.approved, self.go_words = state.approval, state.approved, state.go_words
        self.terms = "\n".join(state.terms)
        self.nameless, self.several = state.nameless, bool(state.seconds)
        self.ids.seconds.show(state.seconds)
        self._lead_to_what_is_asked(state)
        fill(self.ids.choices, lambda: self._chip("on_choose"), state.choices)
        self.ids.reasons.show(state.reasons)
        fill(self.ids.deadlines, lambda: self._chip("on_deadline"), state.deadlines)
        fill(self.ids.obstacles, self._lead, state.obstacles)

    def _lead_to_what_is_asked(self, state: OutcomeState) -> None:
        """Bring a reason or a deadline into sight when a choice asks for it."""
        asked = "why_lighter" if state.reasons and not state.pick.reason else "last_day" if state.deadlines else ""
        if asked and asked != self._asked:
            # Where it lies is known only once the new chips have been laid out, in the frame after this one.
            Clock.schedule_once(lambda _dt: Clock.schedule_once(lambda _dt: self._scroll_to(asked), 0), 0)
        self._asked = asked

    def _scroll_to(self, asked: str) -> None:
        self.ids.right.scroll_to(self.ids[asked], animate=False)

    def _group(self) -> GroupCard:
        card = GroupCard()
        for event in ROW_EVENTS:
            card.fbind(event, lambda _card, *said, event=event: self.dispatch(event, *said))
        return card

    def ask_amount(self, fault: str, range_words: str) -> None:
        """Ask for the amount of a fine; none is proposed, and it is written out as it is entered."""
        sheet = PadSheet(title=_("Fine, {range}").format(range=range_words), unit="元", digits=6, test_id="pad:fine")
        sheet.bind(
            text=lambda pad, text: setattr(pad, "also", capital(int(text)) if text else ""),
            on_number=lambda _sheet, text: self.dispatch("on_fine", fault, int(text or 0)),
        )
        sheet.open()

    def _chip(self, event: str) -> PickChip:
        chip = PickChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch(event, pressed.key))
        return chip

    def _lead(self) -> LeadRow:
        row = LeadRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_obstacle", *pressed.place))
        return row

    def on_choose(self, outcome: str) -> None:
        """Hear which outcome the officer chose."""

    def on_reason(self, reason: str) -> None:
        """Hear why it is lighter than proposed."""

    def on_deadline(self, day: str) -> None:
        """Hear the last day."""

    def on_photo(self, item: str) -> None:
        """Hear for which item a photo is to be taken."""

    def on_fact(self, section: str, item: str) -> None:
        """Hear in which section a fact is to be entered."""

    def on_law(self, item: str) -> None:
        """Hear for which item the officer says which law holds."""

    def on_fix(self, fault: str) -> None:
        """Hear which fault was put right."""

    def on_decide(self, fault: str) -> None:
        """Hear which fault is to be decided on the spot."""

    def on_fine(self, item: str, amount_cny: int) -> None:
        """Hear the amount of a fine in yuan; 0 takes it back."""

    def on_obstacle(self, section: str, item: str) -> None:
        """Hear which open thing the officer wants to see to."""

    def on_second(self, officer: str) -> None:
        """Hear who the second officer is."""

    def on_lesson(self) -> None:
        """Hear that the crew is taught before it signs."""

    def on_sign(self) -> None:
        """Hear that the officer goes to signing."""


load_kv(__file__)
