"""What follows from answers and comparisons."""
