"""The screen `section.signs`."""
