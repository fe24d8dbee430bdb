"""Code lists: what the values of an item may be, since when, and what each counts as.

A list has versions with the day each came in. What changes between releases of this service, such
as a code for Roma, is added as data (``services/equality/code_lists.py``) and joins the list by
:func:`with_added`; nothing that was answered before changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fcr_app.domain.equality.items import Item
from fcr_app.errors import RuleNotInForce


@dataclass(frozen=True, kw_only=True)
class Code:
    """One value.

    Attributes:
        label_cy: In Welsh; empty where nobody ever asks for it in words.
        group: What statistics count it as.
        write_in: The person may say it in their own words besides.
        since: The first day it may be used; None from the beginning of its list.
        until: The last day it may be used; None while it may.
    """

    code: str
    label: str
    label_cy: str = ""
    group: str
    write_in: bool = False
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Say whether it may be used on a day; both ends are inclusive."""
        after = self.since is None or self.since <= day
        return after and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """One version of the values of an item.

    Attributes:
        version: Its name with its year, kept with every answer.
        since: The first day it is used.
        source: Where it comes from.
    """

    item: Item
    version: str
    since: date
    source: str
    codes: tuple[Code, ...]

    def find(self, code: str) -> Code | None:
        """Return the value with a code, if the list has it."""
        return next((one for one in self.codes if one.code == code), None)

    def on(self, day: date) -> tuple[Code, ...]:
        """Return what may be chosen on a day."""
        return tuple(one for one in self.codes if one.on(day))


def with_added(listed: CodeList, added: Iterable[Code], day: date) -> CodeList:
    """Return a list with the values added as data by a day; its version says since when.

    An added value with a code of the list stands in for it, as to end it.
    """
    new = {one.code: one for one in added if one.since is not None and one.since <= day}
    if not new:
        return listed
    kept = tuple(new.pop(one.code, one) for one in listed.codes)
    latest = max(one.since for one in added if one.since is not None and one.since <= day)
    codes = _in_their_groups(kept, tuple(new.values()))
    return replace(listed, codes=codes, version=f"{listed.version}, {latest:%Y-%m-%d}")


def _in_their_groups(kept: tuple[Code, ...], added: tuple[Code, ...]) -> tuple[Code, ...]:
    """Put added values before the "any other" of their group, where people look for them."""
    codes = list(kept)
    for one in added:
        same = [n for n, other in enumerate(codes) if other.group == one.group]
        codes.insert(same[-1] if same else len(codes), one)
    return tuple(codes)


def list_on(versions: tuple[CodeList, ...], day: date) -> CodeList:
    """Return the version of a list that is used on a day.

    Args:
        versions: The oldest first.

    Raises:
        RuleNotInForce: If there was none yet.
    """
    for version in reversed(versions):
        if version.since <= day:
            return version
    raise RuleNotInForce(f"There was no list for {versions[0].item.label} on {day:%-d %B %Y}.")
