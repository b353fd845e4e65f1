"""Drafts tried on past inspections: what would have been found, asked and charged."""
