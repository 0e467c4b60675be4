"""Brute force: whether two SymPy expressions are equal, decided on concrete sizes with nothing summed by SymPy."""
