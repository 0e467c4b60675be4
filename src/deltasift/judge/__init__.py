"""What accepts a line: small, without search, and sharing nothing with what found it."""
