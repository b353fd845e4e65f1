"""The screen `clearance`."""
