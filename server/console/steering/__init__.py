"""What steers checks: stop orders, the watch list, passes, and vehicles that are checked again and again."""
