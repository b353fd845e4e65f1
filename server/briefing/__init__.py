"""A briefing: figures of a span beside those of the year before, as a document that somebody sends on."""
