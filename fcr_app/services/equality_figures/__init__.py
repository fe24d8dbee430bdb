"""Figures about protected characteristics. Groups are counted by the database; no row is loaded."""
