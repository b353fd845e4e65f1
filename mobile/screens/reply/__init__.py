"""The screen `reply`."""
