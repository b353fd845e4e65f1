"""The screen `snapshot.before`."""
