"""What waits for whom, the frame of every page, search, the record's page, and time's own work."""
