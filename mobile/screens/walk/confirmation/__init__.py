"""What clearing a section confirms."""
