"""Crimes from another system's file: what is theirs alone (``services/imports`` has the rest).

``mapping`` says which column is which, ``crime_values`` and ``people_values`` read a row, ``rows``
puts it together, ``store`` and ``changes`` write a batch.
"""
