"""Telling open pages that something has moved, to those who may know."""
