"""The screen `queue`."""
