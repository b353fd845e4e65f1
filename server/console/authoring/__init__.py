"""Drafts of checklists and law in the browser: written in plain forms, compared, tried, approved, published."""
