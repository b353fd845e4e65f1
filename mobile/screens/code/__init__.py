"""The screen `code`."""
