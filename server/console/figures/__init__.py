"""Statistics with denominators, the funnel, the heat map, the posts of a week, and the lists behind every figure."""
