"""The inspection in hand."""
