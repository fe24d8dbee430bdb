"""The rules, pure: no Flask, no database, no clock.

Only the standard library and ``transitions`` are used here.
"""
