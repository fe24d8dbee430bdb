"""Tells people of clocks that are about to run out or have: each level of each clock once."""

from datetime import datetime

from fcr_app.domain.spoken_time import duration
from fcr_app.services.clock_sources import SOURCES
from fcr_app.services.clocks import IN_TIME, hear, rungs
from fcr_app.services.timetable import silent_since
from fcr_app.services.transaction import snapshot, transaction

NAME = "tell-clocks"
#: Clocks in one transaction: few enough that nobody who saves waits long for it.
AT_A_TIME = 100


def tell_clocks(now: datetime) -> str:
    """Tell what is due and has not been told; say how many, and how many were caught up."""
    with snapshot() as session:
        silent = silent_since(session, NAME, now=now, usual=IN_TIME)
    clocks = told = caught_up = 0
    for rung in rungs(SOURCES):
        after, more = None, True
        while more:
            with transaction() as session:
                heard = hear(
                    session, rung, now=now, limit=AT_A_TIME, after=after, silent_since=silent
                )
            clocks += heard.clock_count
            told += heard.told_count
            caught_up += heard.caught_up_count
            after, more = heard.last, heard.last is not None
    said = f"{clocks:,} clocks spoke; {told:,} notices written."
    if silent and caught_up:
        said += f" {caught_up:,} caught up after a stop of {duration(now - silent)}."
    return said
