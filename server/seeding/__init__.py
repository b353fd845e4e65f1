"""A made-up year of an office, for trying it and for measuring; never for an office that works."""
