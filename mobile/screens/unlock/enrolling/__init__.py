"""The screen `unlock.enrolling`."""
