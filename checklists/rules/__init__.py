"""What is compared, one module a rule."""
