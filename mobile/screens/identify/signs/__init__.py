"""The screen `identify.signs`."""
