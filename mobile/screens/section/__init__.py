"""The screen `section`."""
