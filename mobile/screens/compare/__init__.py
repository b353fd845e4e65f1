"""The screen `compare`."""
