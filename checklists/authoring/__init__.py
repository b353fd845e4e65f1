"""What only the authors of checklists need; YAML is read here and nowhere else."""
