"""Practice: the same screens over a made-up county, in a folder and under a key of its own; nothing is ever sent."""
