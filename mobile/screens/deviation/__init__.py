"""The screen `deviation`."""
