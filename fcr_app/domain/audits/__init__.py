"""Audits: the plan, what is drawn for one, how a record is judged, and what is done about it."""
