"""The screen `snapshot.goods`."""
