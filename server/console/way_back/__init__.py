"""The party's way back: the public page of a link, and what a clerk sees of it."""
