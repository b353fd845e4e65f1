"""The screen `snapshot.watch`."""
