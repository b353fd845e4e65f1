"""The screen `carried`."""
