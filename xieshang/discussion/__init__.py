"""What people say about a matter, and how it is kept decent."""
