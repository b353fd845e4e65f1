"""The screen `identify.plates`."""
