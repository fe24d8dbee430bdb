"""Reports of crime from another system's file: what is theirs alone (``services/imports``).

``mapping`` says which column is which, ``values`` reads a row by the rules for entering a report by
hand, ``rows`` puts it together, ``store`` writes a batch.
"""
