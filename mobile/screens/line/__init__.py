"""The screen `line`."""
