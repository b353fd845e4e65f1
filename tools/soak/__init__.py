"""The link on its worst days: real server, real tablet stores, a line that does everything a line can do.

Whatever happens, in the evening every record and photo is at the office once, nothing is shown as delivered that is
not, and every tablet knows exactly what the feed of its scope says.
"""
