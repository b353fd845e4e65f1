"""The vault, its PINs, and what happens to a lost tablet."""
