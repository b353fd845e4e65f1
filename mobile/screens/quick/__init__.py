"""The screen `quick`."""
