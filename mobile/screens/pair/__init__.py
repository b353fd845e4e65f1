"""The screen `pair`."""
