"""Matching: how a rule leads from one line to the next."""
