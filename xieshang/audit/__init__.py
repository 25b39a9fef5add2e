"""The record of who did what, when and why; it only grows and can be checked."""
