"""Who examines which record: in turn, fairly, and never what they decided themselves."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

Barred = Mapping[int, Collection[str]]


def share_out(
    records: Iterable[str],
    pools: Sequence[Sequence[int]],
    barred: Barred,
    *,
    taken_by: Mapping[str, int | None] | None = None,
) -> dict[str, int | None]:
    """Give each record to somebody who may examine it; to nobody where nobody may.

    Each goes to whoever has the fewest so far, in the order the people are named. Those of a later
    pool are asked only where none of an earlier one may.

    Args:
        records: In the order drawn.
        pools: The auditors of the audit; then those who stand in.
        barred: The records that a person may not examine, because they decided on them.
        taken_by: Who examined each record first, where this is the second review.
    """
    given: dict[str, int | None] = {}
    load: Counter[int] = Counter()
    for record in records:
        first = (taken_by or {}).get(record)
        given[record] = who = _whose(record, pools, barred, load, first)
        if who is not None:
            load[who] += 1
    return given


def _whose(
    record: str,
    pools: Sequence[Sequence[int]],
    barred: Barred,
    load: Mapping[int, int],
    first: int | None,
) -> int | None:
    for pool in pools:
        able = [one for one in pool if one != first and record not in barred.get(one, ())]
        if able:
            return min(able, key=lambda one: (load.get(one, 0), pool.index(one)))
    return None
