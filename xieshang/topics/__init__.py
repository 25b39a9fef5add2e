"""Consultation topics (协商议题): what a neighbour raises and how the community carries it to a rated outcome."""
