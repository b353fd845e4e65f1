"""From the inspection to the sealed part and its papers."""
