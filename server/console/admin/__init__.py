"""Administration: people, codes, tablets, files of the registry, sites, holidays, and the log of all of it."""
