"""The case page: what stands in a case, what may be done next, and the form of each step."""
