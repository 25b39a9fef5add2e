"""Shapes of what is typed in, one module a noun."""
