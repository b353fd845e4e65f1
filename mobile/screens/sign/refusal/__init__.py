"""The screen `sign.refusal`."""
