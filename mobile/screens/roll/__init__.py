"""The screen `roll`."""
