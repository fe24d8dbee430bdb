"""What every form of ours does alike: words given back, errors put where they belong."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import redirect, render_template
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import Field

from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.services.transaction import transaction
from fcr_app.web.kept import kept_form

F = TypeVar("F", bound=FlaskForm)

BAD_INPUT = 400
CONFLICT = 409


def opened(form_class: type[F], **values: object) -> F:
    """Return a form as it is first shown: with these values, or with words kept for the person."""
    form: F = form_class(formdata=kept_form(), **values)
    return form


def blame(form: FlaskForm, error: InvalidValue | InvalidValues) -> None:
    """Put what a service refused at the fields it refused; the rest at the top."""
    problems = error.problems if isinstance(error, InvalidValues) else (error,)
    for problem in problems:
        if problem.field in form:
            field = form[problem.field]
            field.errors = [*field.errors, str(problem)]
        else:
            form.form_errors.append(str(problem))


def done(form: FlaskForm, act: Callable[[Session], object]) -> bool:
    """Do what a form asks, in one transaction. Says whether it was done.

    Where it was not, what is wrong is at the fields and nothing was changed.
    """
    if not form.validate():
        return False
    try:
        with transaction() as session:
            act(session)
    except (InvalidValue, InvalidValues) as error:
        blame(form, error)
        return False
    return True


def problems_of(form: FlaskForm) -> list[dict[str, str]]:
    """Return what is wrong, in the order of the fields, for the summary at the top."""
    return [{"text": text, "href": ""} for text in form.form_errors] + list(_at_fields(form))


def _at_fields(form: FlaskForm) -> Iterator[dict[str, str]]:
    for field in form:
        for text in field.errors[:1]:
            yield {"text": text, "href": f"#{_first_id(field)}"}


def _first_id(field: Field) -> str:
    """Return the id of the box that a person should mend."""
    found: str = getattr(field, "first_id", field.id)
    return found


def form_page(form: FlaskForm, **page: object) -> str:
    """Show a page that is one form (templates/form.html says what it needs)."""
    return render_template("form.html", form=form, problems=problems_of(form), **page)


def see_other(address: str) -> Response:
    """Lead on to a page after something was done."""
    return redirect(address, 303)
