"""What changed in the risk of the plan's audits, from one edition to another."""

from dataclasses import dataclass

from fcr_app.models import AuditPlan
from fcr_app.services.audits.plan_lines import risk_of


@dataclass(frozen=True, kw_only=True)
class RiskChange:
    """One audit whose risk is judged otherwise, or that came or went.

    Attributes:
        before: Its score; None where it is new.
        after: Its score; None where it is in the plan no more.
        parts: What is judged otherwise, in words.
    """

    code: str
    title: str
    before: int | None
    after: int | None
    parts: tuple[str, ...]


def risk_changes(before: AuditPlan | None, after: AuditPlan) -> tuple[RiskChange, ...]:
    """Return where two editions differ in risk, the highest score first; nothing without two."""
    if before is None or before.id == after.id:
        return ()
    old = {line.line_key: line for line in before.lines}
    new = {line.line_key: line for line in after.lines}
    changes = []
    for key in old.keys() | new.keys():
        line = new.get(key) or old[key]
        was, now = (risk_of(found[key]) if key in found else None for found in (old, new))
        if was == now:
            continue
        parts = zip(was.parts, now.parts, strict=True) if was and now else ()
        said = tuple(
            f"{one.label}: {_lower(one.said)}, now {_lower(other.said)}"
            for one, other in parts
            if one.value != other.value
        )
        changes.append(
            RiskChange(
                code=line.code, title=line.title, before=was.score if was else None,
                after=now.score if now else None, parts=said,
            )
        )  # fmt: skip
    return tuple(sorted(changes, key=lambda one: (-(one.after or 0), one.code, one.title)))


def _lower(said: str) -> str:
    return said[0].lower() + said[1:]
