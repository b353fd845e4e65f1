"""Campaigns of today: what they look at, and whether they look for what stands here."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.campaign.state import CampaignCard
from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class CampaignBlock(BoxLayout):
    """A campaign of today, in the colour of a hint: what it looks at, and whether it looks for what stands here."""

    test_id = StringProperty("")
    title = StringProperty("")
    focus_words = StringProperty("")
    lacks = StringProperty("")
    targets = StringProperty("")

    def show(self, card: CampaignCard) -> None:
        """Draw the campaign."""
        self.title, self.focus_words, self.lacks, self.targets = card.title, card.focus, card.lacks, card.targets
        self.test_id = f"campaign:{card.id}"


load_kv(__file__)
