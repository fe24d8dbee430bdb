"""By how much a rate changed from one audit to the next, however each was estimated."""

from fcr_app.domain.statistics.estimate import Estimate
from fcr_app.domain.statistics.interval import Interval
from fcr_app.domain.statistics.two_rates import Comparison, difference_within


def difference(now: Estimate, before: Estimate) -> Comparison:
    """Return the new rate less the old one, with the interval that their intervals give.

    Newcombe's, as in ``difference_within``. Where all records were examined the rate has no error
    to add. The two must rest on records drawn apart. Never compare by whether intervals overlap.
    """
    return difference_within(now.rate, _interval(now), before.rate, _interval(before))


def _interval(one: Estimate) -> Interval:
    return one.interval or Interval(one.rate, one.rate)
