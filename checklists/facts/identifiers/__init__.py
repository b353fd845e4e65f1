"""Numbers that people and vehicles carry."""
