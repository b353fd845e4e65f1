"""Pages of a case's documents: filled in, looked at, issued, read again."""
