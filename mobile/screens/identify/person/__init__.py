"""The screen `identify.person`."""
