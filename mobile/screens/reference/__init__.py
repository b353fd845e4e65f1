"""The screen `reference`."""
