"""A hub at work: it follows its parent, and passes on to it what tablets brought."""
