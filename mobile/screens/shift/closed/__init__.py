"""The screen `shift.closed`."""
