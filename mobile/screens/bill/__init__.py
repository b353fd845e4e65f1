"""The screen `bill`."""
