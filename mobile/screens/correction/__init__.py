"""The screen `correction`."""
