"""A bulletin's words as they are kept while it is a draft, and what the database knows of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import OTHER_PLACES, Bearing, Wording, problems_of
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import (
    BulletinBearing,
    BulletinEdition,
    BulletinError,
    BulletinRole,
    BulletinUnit,
    Unit,
)
from fcr_app.workflows import WORKFLOWS

PLACES = {workflow.key: workflow.title for workflow in WORKFLOWS} | OTHER_PLACES


def checked(session: Session, said: Wording) -> Wording:
    """Return a bulletin's words without space around them, if they can be used.

    Raises:
        InvalidValues: With everything that is wrong.
    """
    wrong = [*problems_of(said), *_unknown(session, said)]
    if wrong:
        raise InvalidValues(wrong)
    return Wording(
        title=" ".join(said.title.split()),
        text=said.text.strip(),
        rule=said.rule,
        right_example=said.right_example.strip(),
        wrong_example=said.wrong_example.strip(),
        errors=tuple(sorted(set(said.errors))),
        bearings=tuple(dict.fromkeys(said.bearings)),
        unit_ids=tuple(sorted(set(said.unit_ids))),
        roles=tuple(role for role in Role if role in said.roles),
        starts_on=said.starts_on,
    )


def _unknown(session: Session, said: Wording) -> Iterator[InvalidValue]:
    steps = {w.key: {step.trigger for step in w.steps} for w in WORKFLOWS}
    for bearing in said.bearings:
        if bearing.place not in PLACES:
            yield InvalidValue("There is no such policy.", field="places")
        elif bearing.trigger and bearing.trigger not in steps.get(bearing.place, ()):
            yield InvalidValue("That policy has no such step.", field="step")
    known = select(Unit.id).where(Unit.id.in_(said.unit_ids), Unit.active)
    if len(set(said.unit_ids)) != len(session.scalars(known).all()):
        yield InvalidValue("One of these units does not exist any more.", field="unit_ids")


def as_kept(said: Wording) -> dict[str, Any]:
    """Return words as a draft keeps them."""
    return {
        "title": said.title,
        "text": said.text,
        "rule": said.rule,
        "right_example": said.right_example,
        "wrong_example": said.wrong_example,
        "errors": [error.value for error in said.errors],
        "bearings": [[b.place, b.trigger, b.asked, b.offence_class] for b in said.bearings],
        "unit_ids": list(said.unit_ids),
        "roles": [role.value for role in said.roles],
        "starts_on": said.starts_on.isoformat(),
    }


def as_written(kept: dict[str, Any]) -> Wording:
    """Return the words that a draft keeps."""
    return Wording(
        title=kept["title"],
        text=kept["text"],
        rule=kept["rule"],
        right_example=kept["right_example"],
        wrong_example=kept["wrong_example"],
        errors=tuple(ErrorType(value) for value in kept["errors"]),
        bearings=tuple(_bearing(*parts) for parts in kept["bearings"]),
        unit_ids=tuple(kept["unit_ids"]),
        roles=tuple(Role(value) for value in kept["roles"]),
        starts_on=date.fromisoformat(kept["starts_on"]),
    )


def published_words(session: Session, edition: BulletinEdition) -> Wording:
    """Return the words of an edition."""

    def values(column: Any, of: Any) -> list[Any]:
        return list(session.scalars(select(column).where(of == edition.id).order_by(column)))

    bearings = session.execute(
        select(
            BulletinBearing.place,
            BulletinBearing.trigger,
            BulletinBearing.asked,
            BulletinBearing.offence_class,
        )
        .where(BulletinBearing.edition_id == edition.id)
        .order_by(BulletinBearing.place, BulletinBearing.trigger, BulletinBearing.offence_class)
    )
    held = set(values(BulletinRole.role, BulletinRole.edition_id))
    return Wording(
        title=edition.title,
        text=edition.text,
        rule=edition.rule,
        right_example=edition.right_example,
        wrong_example=edition.wrong_example,
        errors=tuple(
            ErrorType(v) for v in values(BulletinError.error_type, BulletinError.edition_id)
        ),
        bearings=tuple(_bearing(*row) for row in bearings),
        unit_ids=tuple(values(BulletinUnit.unit_id, BulletinUnit.edition_id)),
        roles=tuple(role for role in Role if role.value in held),
        starts_on=edition.starts_on,
    )


def store_parts(session: Session, edition: BulletinEdition, said: Wording) -> None:
    """Store what belongs to an edition, whose row has its number."""
    key = edition.id
    session.add_all(BulletinError(edition_id=key, error_type=e.value) for e in said.errors)
    session.add_all(BulletinUnit(edition_id=key, unit_id=unit) for unit in said.unit_ids)
    session.add_all(BulletinRole(edition_id=key, role=role.value) for role in said.roles)
    session.add_all(
        BulletinBearing(
            edition_id=key,
            place=bearing.place,
            trigger=bearing.trigger,
            asked=bearing.asked,
            offence_class=bearing.offence_class,
        )
        for bearing in said.bearings
    )


def _bearing(place: str, trigger: str, asked: str, offence_class: str) -> Bearing:
    return Bearing(place=place, trigger=trigger, asked=asked, offence_class=offence_class)
