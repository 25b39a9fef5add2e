"""Reads of consultation topics."""
