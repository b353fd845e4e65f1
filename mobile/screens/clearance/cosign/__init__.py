"""The screen `clearance.cosign`."""
