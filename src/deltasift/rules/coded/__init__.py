"""The rules whose instances are no one pattern: each function yields what it makes of an expression."""
