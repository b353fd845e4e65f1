"""Cases, without a database."""
