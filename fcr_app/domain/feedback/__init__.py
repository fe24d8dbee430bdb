"""Feedback on a decision or a record: what it names, what has to be done, and the rules on it."""
