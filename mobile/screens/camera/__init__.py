"""The screen `camera`."""
