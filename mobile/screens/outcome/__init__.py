"""The screen `outcome`."""
