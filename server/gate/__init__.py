"""What may be read of the bytes that were sent: pure, before anything is stored or believed."""
