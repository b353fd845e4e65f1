"""The screen `identify`."""
