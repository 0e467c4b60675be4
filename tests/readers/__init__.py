"""Readers of what is printed, written from the conventions of mathematics and not from the printers.

They import nothing of the layout, its alphabets, the notation or the parser. A reader makes a tree of tuples of a text;
`tree.py` makes one of an expression; `values.py` gives both a value in a prime field. Where these differ, the page
says something else than what was checked.
"""
