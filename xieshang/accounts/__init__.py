"""The person who signs in: phone, name, consent, how they like to read."""
