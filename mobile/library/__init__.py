"""What can be looked up on the tablet without a network."""
