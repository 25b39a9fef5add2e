"""The public site of each community: pages, their groups and their workflow."""
