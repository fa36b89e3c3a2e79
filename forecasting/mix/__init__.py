"""Several ways to expect the coming days, and their mean: members that each know something else."""
