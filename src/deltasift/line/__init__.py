"""The tools of a line: its paths, factors and terms, what its names mean, and the one meaning of "the same line"."""
