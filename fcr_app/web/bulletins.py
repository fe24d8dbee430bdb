"""Bulletins: the lists of them, reading one, writing, publishing and withdrawing one."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.bulletins import READERS
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.domain.questions import NO
from fcr_app.reports.rules_coverage import source_of
from fcr_app.services.bulletin_list import Bulletins, Listed, bulletin_list, lists_of
from fcr_app.services.bulletin_receipts import receipts as read_receipts
from fcr_app.services.bulletin_telling import remind as remind_readers
from fcr_app.services.bulletin_view import BulletinView, bulletin_view, mark_read, replaceable_by
from fcr_app.services.bulletins import (
    change_draft,
    publish as publish_bulletin,
    to_change,
    withdraw as withdraw_bulletin,
    write_bulletin,
)
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.bulletin_forms import (
    BulletinForm,
    CorrectionForm,
    PublishForm,
    WithdrawForm,
    shown_again,
)
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, problems_of, see_other

bp = Blueprint("bulletins", __name__, url_prefix="/bulletins")

Page = str | Response | tuple[str, int]
NOTHING_ELSE = (0, "Nothing")


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show one page of a list of bulletins."""
    asked = request.args.get("list", "")
    listed = Listed(asked) if asked in set(Listed) else None
    with transaction() as session:
        found = _list(session, listed or Listed.UNREAD)
        if listed is None and not found.page.rows:  # with nothing to read, what stands is of use
            found = _list(session, Listed.STANDING)
    page = found.page
    return render_template(
        "bulletins/index.html",
        found=found,
        rows=page.rows,
        lists=lists_of(current_actor()),
        today=to_london(clock.now()).date(),
        before=url_for(".index", list=found.listed.value, before=page.before)
        if page.before
        else "",
        after=url_for(".index", list=found.listed.value, after=page.after) if page.after else "",
    )


def _list(session: Session, listed: Listed) -> Bulletins:
    return bulletin_list(
        session,
        current_actor(),
        listed,
        now=clock.now(),
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )


@bp.get("/<int:bulletin_id>")
@requires(Permission.WORK_ON_CASES)
def show(bulletin_id: int) -> str:
    """Show one bulletin."""
    view = _view(bulletin_id)
    return render_template(
        "bulletins/show.html", view=view, source=view.source or source_of(view.said.rule)
    )


@bp.post("/<int:bulletin_id>/read")
@requires(Permission.WORK_ON_CASES)
def read(bulletin_id: int) -> Response:
    """Say that one has read a bulletin."""
    with transaction() as session:
        mark_read(session, current_actor(), bulletin_id, now=clock.now())
    flash("Thank you. It is kept that you have read this.", "success")
    return see_other(url_for(".show", bulletin_id=bulletin_id))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PUBLISH_BULLETINS)
def new() -> Page:
    """Write a bulletin as a draft."""
    if request.method == "GET":
        form = opened(
            BulletinForm,
            rule=request.args.get("rule", ""),
            errors_answered=request.args.getlist("error"),
            roles=[role.value for role in READERS],
            starts_on=to_london(clock.now()).date(),
        )
        return _form_page(form, "Write a bulletin", url_for(".index"))
    form = BulletinForm()
    form.offer_units()
    made: list[int] = []

    def write(session: Session) -> None:
        made.append(write_bulletin(session, current_actor(), form.wording(), now=clock.now()).id)

    if not done(form, write):
        return _form_page(form, "Write a bulletin", url_for(".index")), BAD_INPUT
    flash("The draft is kept. Nobody is told before you publish it.", "success")
    return see_other(url_for(".show", bulletin_id=made[-1]))


@bp.route("/<int:bulletin_id>/edit", methods=["GET", "POST"])
@requires(Permission.PUBLISH_BULLETINS)
def edit(bulletin_id: int) -> Page:
    """Change a draft, or write a correction of what is published."""
    view = _view(bulletin_id)
    back = url_for(".show", bulletin_id=bulletin_id)
    heading = f"Correct bulletin {view.number}" if view.edition else "Change the draft"
    if request.method == "GET":
        form = opened(BulletinForm, **shown_again(view.correction or view.said))
        return _form_page(form, heading, back, version=view.version)
    form = BulletinForm()
    form.offer_units()
    if not done(
        form,
        lambda session: change_draft(
            session,
            current_actor(),
            bulletin_id,
            form.wording(),
            now=clock.now(),
            version=request.form.get("version", type=int),
        ),
    ):
        return _form_page(form, heading, back, version=view.version), BAD_INPUT
    flash("What you wrote is kept. Nobody sees it before you publish it.", "success")
    return see_other(back)


@bp.route("/<int:bulletin_id>/publish", methods=["GET", "POST"])
@requires(Permission.PUBLISH_BULLETINS)
def publish(bulletin_id: int) -> Page:
    """Publish what is written, once more looked at."""
    view = _view(bulletin_id)
    kind = CorrectionForm if view.edition else PublishForm
    back = url_for(".show", bulletin_id=bulletin_id)
    words = view.correction or view.said
    page = {
        "heading": "Publish the correction" if view.edition else "Publish the bulletin",
        "caption": words.title,
        "button": "Publish it",
        "back": back,
        "version": view.version,
        "note": f"Rule: {'; '.join(source_of(words.rule))}. Whoever it is for is told at once, or "
        "in the morning of its first day. What is published is never edited: a correction is "
        "another edition.",
    }
    if request.method == "GET":
        return form_page(opened(kind), **page)
    form = kind()
    if not done(
        form,
        lambda session: publish_bulletin(
            session,
            current_actor(),
            bulletin_id,
            source="\n".join(source_of(words.rule)),
            why=form.why.data or "" if view.edition else "",
            read_again=not view.edition or form.read_again.data != NO,
            now=clock.now(),
            version=request.form.get("version", type=int),
        ),
    ):
        return form_page(form, **page), BAD_INPUT
    flash("It is published, and whoever it is for is told.", "success")
    return see_other(back)


@bp.route("/<int:bulletin_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLISH_BULLETINS)
def withdraw(bulletin_id: int) -> Page:
    """Withdraw a bulletin, or give up a draft."""
    view = _view(bulletin_id)
    with transaction() as session:
        others = [(other.id, other.number) for other in replaceable_by(session, bulletin_id)]
    back = url_for(".show", bulletin_id=bulletin_id)
    page = {
        "heading": f"Withdraw bulletin {view.number}" if view.edition else "Give up the draft",
        "caption": view.said.title,
        "button": "Withdraw it" if view.edition else "Give it up",
        "back": back,
        "warning": "It can’t be published again. It stays readable, with your reason.",
    }
    form = opened(WithdrawForm) if request.method == "GET" else WithdrawForm()
    form.replaced_by.choices = choices([NOTHING_ELSE, *others])
    if request.method == "GET":
        return form_page(form, **page)
    if not done(
        form,
        lambda session: withdraw_bulletin(
            session,
            current_actor(),
            bulletin_id,
            reason=form.reason.data or "",
            replaced_by_id=form.replaced_by.data or None,
            now=clock.now(),
        ),
    ):
        return form_page(form, **page), BAD_INPUT
    flash("It is withdrawn.", "success")
    return see_other(back)


@bp.get("/<int:bulletin_id>/receipts")
@requires(Permission.PUBLISH_BULLETINS)
def receipts(bulletin_id: int) -> str:
    """Show how many have read a bulletin, and who has not."""
    view = _view(bulletin_id)
    after = request.args.get("after", type=int)
    with transaction() as session:
        found = read_receipts(session, current_actor(), bulletin_id, now=clock.now(), after=after)
    return render_template("bulletins/receipts.html", view=view, found=found, after=after)


@bp.post("/<int:bulletin_id>/remind")
@requires(Permission.PUBLISH_BULLETINS)
def remind(bulletin_id: int) -> Response:
    """Remind those who have not read a bulletin."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        bulletin = to_change(session, actor, bulletin_id, None)
        count = remind_readers(session, actor, bulletin, now=now)
    people = "1 person was" if count == 1 else f"{count:,} people were"
    flash(f"{people} reminded.", "success")
    return see_other(url_for(".receipts", bulletin_id=bulletin_id))


def _view(bulletin_id: int) -> BulletinView:
    with transaction() as session:
        return bulletin_view(session, current_actor(), bulletin_id, now=clock.now())


def _form_page(form: BulletinForm, heading: str, back: str, **page: Any) -> str:
    form.offer_units()
    return render_template(
        "bulletins/edit.html",
        form=form,
        problems=problems_of(form),
        heading=heading,
        back=back,
        **page,
    )
