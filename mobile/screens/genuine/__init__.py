"""The screen `genuine`."""
