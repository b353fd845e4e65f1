"""The demonstration: the real tablet and the real office, driven by real touches."""
