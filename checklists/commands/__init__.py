"""The commands of `python -m checklists`: each module here is one, found by its name; see `base`."""
