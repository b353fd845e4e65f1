"""States that several screens show."""
