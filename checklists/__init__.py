"""The kernel: what an inspection of dangerous goods on the road is, shared by the tablet and the office."""
