"""The other tablets at the vehicle."""
