"""What dangerous goods are, and the tables that say so."""
