"""Doors of coordination, one module a noun."""
