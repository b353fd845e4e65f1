"""What the house is built and checked with; nothing here is part of the product."""
