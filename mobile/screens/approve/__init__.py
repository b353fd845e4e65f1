"""The screen `approve`."""
