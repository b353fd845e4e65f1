"""The screen `section.observed`."""
