"""From bytes to durable records."""
