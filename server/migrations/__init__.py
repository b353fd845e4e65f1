"""Steps of the schema, applied in order on either engine."""
