"""The tablet: inspections are made here, with or without a network."""
