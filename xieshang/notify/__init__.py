"""Messages to people: on the site, and by text message through one small door."""
