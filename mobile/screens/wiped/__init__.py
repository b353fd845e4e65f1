"""The screen `wiped`."""
