"""The screen `snapshot`."""
