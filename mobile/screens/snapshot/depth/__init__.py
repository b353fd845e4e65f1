"""The screen `snapshot.depth`."""
