"""Camera, scanner, location, printing and sharing as plain functions; a missing device is a Refusal with its code."""
