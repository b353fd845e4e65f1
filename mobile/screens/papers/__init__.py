"""The screen `papers`."""
