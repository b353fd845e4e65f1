"""The screen `sign`."""
