"""What is sealed, and how it is proven."""
