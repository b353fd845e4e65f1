"""The tablet's store."""
