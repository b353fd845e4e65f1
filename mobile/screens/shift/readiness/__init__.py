"""The screen `shift.readiness`."""
