"""Measurements: `make bench` runs all of them, `python -m bench pages` one; docs/performance.md keeps the results."""
