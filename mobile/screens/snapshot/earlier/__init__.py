"""The screen `snapshot.earlier`."""
