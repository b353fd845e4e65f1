"""What is asked: checklists, violations and lessons, as written and as published."""
