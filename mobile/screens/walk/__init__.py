"""The screen `walk`."""
