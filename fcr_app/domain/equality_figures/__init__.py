"""What is worked out of the answers about protected characteristics, and what may be shown of it.

Two questions: how much is known (completeness), and whether recording decisions are the same for
everybody (use). The thresholds are the reference's on statistics, section 4.3: force policy.
"""
