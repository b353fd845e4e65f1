"""What goes to the office and comes from it."""
