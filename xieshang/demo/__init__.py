"""A believable community to try everything in; off anywhere else."""
