"""The screen `compare.values`."""
