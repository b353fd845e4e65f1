"""What officers do at a vehicle and during a shift."""
