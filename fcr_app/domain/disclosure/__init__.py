"""Disclosure control: what may be published of small counts, so that nobody can be made out.

A count that is left out comes back by subtraction if the totals around it stay. So more counts are
left out until everything that stays, taken together, leaves every gap open
(docs/decisions, on suppression).
"""

from fcr_app.domain.disclosure.bounds import Key
from fcr_app.domain.disclosure.protect import Publication, Row, Sum, is_protected, protect
from fcr_app.domain.disclosure.thresholds import INTERNAL, PUBLIC, Thresholds

__all__ = [
    "INTERNAL",
    "PUBLIC",
    "Key",
    "Publication",
    "Row",
    "Sum",
    "Thresholds",
    "is_protected",
    "protect",
]
