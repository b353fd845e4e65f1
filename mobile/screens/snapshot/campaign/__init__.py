"""The screen `snapshot.campaign`."""
