"""The screen `outcome.rows`."""
