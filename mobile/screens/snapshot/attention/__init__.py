"""The screen `snapshot.attention`."""
