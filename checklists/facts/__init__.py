"""What is known of a vehicle, its people, papers and load."""
