"""The screen `section.tank`."""
