"""The screen `unlock`."""
