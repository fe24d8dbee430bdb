"""The page on whether recording decisions are the same for all groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.disclosure import INTERNAL, Thresholds, protect
from fcr_app.domain.equality.groups import GROUP_LABELS
from fcr_app.domain.equality.items import ASKED, Item
from fcr_app.domain.equality_figures.hiding import publication
from fcr_app.domain.equality_figures.measures import UseMeasure
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.equality_figures.tallies import NOT_KNOWN, Tallies
from fcr_app.domain.equality_figures.use import OTHERS, Shown, UseTable, groups_of, use_table
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, PermissionRefused
from fcr_app.services.equality_figures.counting import tallies_of
from fcr_app.services.equality_figures.stored import source_for
from fcr_app.services.log import Record, record_view


@dataclass(frozen=True, kw_only=True)
class UseAsked:
    """What somebody wants to see.

    Attributes:
        reference: ``OTHERS``, or the group that others are compared with.
        everything: With small counts, which only registrars may see, and which is logged.
    """

    item: Item
    period: Period
    reference: str = OTHERS
    everything: bool = False


@dataclass(frozen=True, kw_only=True)
class UsePage:
    """The tables of one characteristic.

    Attributes:
        groups: The words of each group, by its code.
        may_see_everything: Whether this person may see small counts.
        left_out: How many counts are left out.
        kept_at: When the counts were kept that this is from; None where it is as of now.
    """

    asked: UseAsked
    groups: Mapping[str, str]
    tables: tuple[UseTable, ...]
    may_see_everything: bool
    left_out: int
    kept_at: datetime | None


def use_page(session: Session, actor: Actor, asked: UseAsked, *, now: datetime) -> UsePage:
    """Return the four measures by the groups of one characteristic.

    Raises:
        InvalidValue: If the characteristic has no such group to compare with.
        PermissionRefused: If small counts are asked for by somebody who may not see them.
    """
    may_see = may(actor, Permission.WRITE_EQUALITY_REPORT)
    if asked.everything and not may_see:
        raise PermissionRefused("Only the FCR and deputies may see small counts.")
    source, kept_at = source_for(session, asked.period)
    tallies = tallies_of(session, (asked.item,), asked.period, source)[asked.item]
    groups = groups_of(GROUP_LABELS[asked.item], tallies)
    if asked.reference not in (OTHERS, *groups):
        raise InvalidValue("Choose one of the groups to compare with.", field="reference")
    thresholds = None if asked.everything else INTERNAL
    shown = shown_of({asked.item: tallies}, {asked.item: groups}, thresholds)[asked.item]
    if asked.everything:
        record_view(
            session, actor, f"equality:small-counts:{asked.item}", Record.EQUALITY, None, now=now
        )
    return UsePage(
        asked=asked,
        groups=groups,
        tables=tuple(use_table(shown, measure, asked.reference) for measure in UseMeasure),
        may_see_everything=may_see,
        left_out=len(shown.gaps),
        kept_at=kept_at,
    )


def shown_of(
    tallies: Mapping[Item, Tallies],
    groups: Mapping[Item, Mapping[str, str]],
    thresholds: Thresholds | None,
) -> dict[Item, Shown]:
    """Return what tables are drawn from, small counts left out of all of them together."""
    together = publication(
        {item.value: found for item, found in tallies.items()},
        {item.value: (*groups[item], NOT_KNOWN) for item in tallies},
    )
    gaps = protect(together, thresholds) if thresholds else frozenset()
    return {
        item: Shown(
            item=item.value,
            tallies=found,
            labels=groups[item],
            gaps=gaps,
            thresholds=thresholds,
        )
        for item, found in tallies.items()
    }


#: What can be chosen: what victims are asked. What officers saw is compared with nothing.
CHOICES = ASKED
