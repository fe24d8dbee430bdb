"""The rules, pure: the standard library and ``transitions`` only. No Flask, no database, no clock."""
