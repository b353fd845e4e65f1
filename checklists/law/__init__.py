"""What is owed: the law as dated data, how it is cited, and its clocks."""
