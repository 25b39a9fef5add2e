"""Everything that steps ask for, split by what it is about."""
