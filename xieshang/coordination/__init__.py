"""Coordination 议事协调 between the sides of an estate, 四议两公开, and guidance by the Party organisation."""
