"""My work: the list of cases, the one search box, the hand-overs."""
