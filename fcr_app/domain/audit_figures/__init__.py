"""The figures of an audit, from what was counted: pure, and the same on every machine.

What is counted is the crime that should have been recorded, not the report (reference on
statistics, section 1.2). Grades are nowhere in here: they are entered, never computed.
"""
