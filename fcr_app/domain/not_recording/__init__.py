"""Deciding not to record a crime: the grounds, the questions and the rules (REC-12, REC-13)."""
