"""The screen `shift`."""
