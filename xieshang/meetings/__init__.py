"""Meetings 会议: called, signed in to, decided in, minuted and signed."""
