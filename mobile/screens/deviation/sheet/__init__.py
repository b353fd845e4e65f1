"""The screen `deviation.sheet`."""
