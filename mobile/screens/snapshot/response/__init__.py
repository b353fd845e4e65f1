"""The screen `snapshot.response`."""
