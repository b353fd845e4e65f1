"""The screen `identify.matches`."""
