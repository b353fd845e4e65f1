"""What is open on the walk, point by point."""
