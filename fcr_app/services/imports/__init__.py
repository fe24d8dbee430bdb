"""Importing anything from another system's file: what crimes and reports of crime share.

``file`` splits a file into rows, ``mapping`` says which column is which, ``reading`` holds one row
while it is read and ``rows`` reads them in order, ``runs`` takes them in batches and keeps what
happened. ``kinds`` knows what can be imported; each kind is a package of its own beside this one.
"""
