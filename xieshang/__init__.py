"""Xieshang: where a residential community talks things over and decides."""
