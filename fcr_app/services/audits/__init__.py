"""Audits: planned, drawn, examined, counted, reported."""
