"""The screen `annotate`."""
