"""From a sheet of Excel or CSV to registry rows, faults and differences. Pure: it knows no store and no network."""
