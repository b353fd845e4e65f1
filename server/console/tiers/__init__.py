"""Carriers by the tier in which they stand."""
