"""Everything that is known of one carrier, vehicle, person or tank."""
