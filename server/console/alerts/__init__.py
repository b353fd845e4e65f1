"""The board of alerts to the teams ahead."""
