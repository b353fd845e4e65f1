"""The screen `frame`."""
