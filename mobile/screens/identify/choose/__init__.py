"""The screen `identify.choose`."""
