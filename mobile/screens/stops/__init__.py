"""The screen `stops`."""
