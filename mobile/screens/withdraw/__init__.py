"""The screen `withdraw`."""
