"""A bad day at the office, all at once: `python -m tools.chaos` (or `make chaos`).

The server is killed again and again, its database restarted, or killed for good while a synchronous standby takes over,
its disk filled, and a crowd of idle and trickling connections hangs on it, while tablets deliver records and photos. At
the end every record and photo that was acknowledged must be there, every good record processed, and the health page
must have answered within a second whenever the server was up. Everything stays on loopback and in a temporary folder.
"""
