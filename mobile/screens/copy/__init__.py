"""The screen `copy`."""
