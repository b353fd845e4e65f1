"""The ledger of carriers and drivers: what they know, promised and owe, and who visits them until when."""
