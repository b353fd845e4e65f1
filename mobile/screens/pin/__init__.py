"""The screen `pin`."""
