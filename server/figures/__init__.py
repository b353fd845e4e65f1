"""Figures of the office, pure: what is counted of a check, shares with their uncertainty, the heat map, the posts."""
