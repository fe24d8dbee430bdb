"""Crimes from another system's file, from bytes to rows of ours.

``file`` splits a file into rows, ``mapping`` says which column is which, ``reading`` holds one row
while ``crime_values`` and ``people_values`` read it, ``rows`` puts them together, ``store`` writes
a batch, and ``runs`` keeps what happened.
"""
