"""The screen `shift.end`."""
