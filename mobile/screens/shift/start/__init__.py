"""The screen `shift.start`."""
