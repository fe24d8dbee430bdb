"""Asking victims about equality: whose record is incomplete, the form, and the paper version."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from fcr_app import clock
from fcr_app.domain.equality import questions
from fcr_app.domain.equality.answers import AnswerSource
from fcr_app.domain.equality.ethnicity import GROUPS
from fcr_app.domain.equality.items import ASKED, Item
from fcr_app.domain.equality.language import Language
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, InvalidValues, NotFound
from fcr_app.reports.equality_paper import Paper, paper, paper_pdf
from fcr_app.services.equality.answers import answer_victim
from fcr_app.services.equality.columns import code_lists
from fcr_app.services.equality.record_view import RecordView, progress, read_record, reveal
from fcr_app.services.equality.records import begin_for_report
from fcr_app.services.equality.worklist import Tab, incomplete_list, tabs_of
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.equality_form import read_answer
from fcr_app.web.forms import BAD_INPUT, see_other

bp = Blueprint("equality", __name__, url_prefix="/equality")

Page = str | Answer | tuple[str, int] | tuple[dict[str, Any], int] | dict[str, Any]


@bp.get("")
@requires(Permission.SEE_EQUALITY_GAPS)
def index() -> str:
    """Show the victims whose record is incomplete, the oldest first."""
    actor = current_actor()
    wanted = request.args.get("list", "")
    tab = next((one for one in Tab if one.value == wanted), tabs_of(actor)[0])
    with transaction() as session:
        found = incomplete_list(
            session,
            actor,
            tab,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
            now=clock.now(),
        )
    page, name = found.page, found.tab.value
    return render_template(
        "equality/index.html",
        found=found,
        tabs=[
            {
                "text": one.label,
                "href": url_for(".index", list=one.value),
                "active": one is found.tab,
                "count": found.counts[one.value],
            }
            for one in found.tabs
        ],
        before=url_for(".index", list=name, before=page.before) if page.before else "",
        after=url_for(".index", list=name, after=page.after) if page.after else "",
        further_on=bool(request.args.get("after") or request.args.get("before")),
    )


@bp.get("/<int:record_id>")
@requires(Permission.SEE_EQUALITY_GAPS)
def show(record_id: int) -> str:
    """Show what a record holds, as far as the person may see it."""
    with transaction() as session:
        view = read_record(session, current_actor(), record_id, now=clock.now())
    return render_template("equality/show.html", view=view, items=Item)


@bp.get("/<int:record_id>/gender-identity")
@requires(Permission.ASK_EQUALITY)
def gender_identity(record_id: int) -> str:
    """Show the answer that every other page hides."""
    with transaction() as session:
        item = reveal(session, current_actor(), record_id, Item.GENDER_IDENTITY, now=clock.now())
    return render_template("equality/gender_identity.html", record_id=record_id, item=item)


@bp.post("/reports/<int:incident_id>")
@requires(Permission.ASK_EQUALITY)
def from_report(incident_id: int) -> Answer:
    """Begin, or find, the record of a report's victim and lead on to the questions."""
    with transaction() as session:
        record_id = begin_for_report(session, current_actor(), incident_id, now=clock.now())
    return see_other(url_for(".ask", record_id=record_id))


@bp.get("/<int:record_id>/ask")
@requires(Permission.ASK_EQUALITY)
def ask(record_id: int) -> str:
    """Show the questions, to be read out and answered in any order."""
    return _ask_page(record_id)


@bp.get("/<int:record_id>/ask/<string:item>")
@requires(Permission.ASK_EQUALITY)
def question(record_id: int, item: str) -> Answer:
    """Lead to one question, as after signing in again while it was answered."""
    return redirect(url_for(".ask", record_id=record_id, _anchor=_item(item).value), 303)


@bp.post("/<int:record_id>/ask/<string:item>")
@requires(Permission.ASK_EQUALITY)
def save(record_id: int, item: str) -> Page:
    """Save the answer to one question, at once and by itself."""
    asked, by_script = _item(item), request.accept_mimetypes.best == "application/json"
    try:
        with transaction() as session:
            _save(session, record_id, asked)
    except (InvalidValue, InvalidValues) as error:
        problem = str(error)
        if by_script:
            return {"problem": problem}, BAD_INPUT
        return _ask_page(record_id, asked, problem), BAD_INPUT
    with transaction() as session:
        view = progress(session, current_actor(), record_id, now=clock.now())
    if by_script:
        return _progress(view, asked)
    return see_other(_after(view, asked))


@bp.get("/paper")
@requires(Permission.ASK_EQUALITY)
def on_paper() -> str:
    """Show the questions as they are printed."""
    return render_template("equality/paper.html", paper=_paper(), language=_language())


@bp.get("/paper.pdf")
@requires(Permission.ASK_EQUALITY)
def as_pdf() -> Response:
    """Give out the questions as a PDF, to be filled in by hand. It holds nothing about anybody."""
    name = {Language.ENGLISH: "questions-about-you", Language.WELSH: "cwestiynau-amdanoch-chi"}
    return Response(
        paper_pdf(_paper()),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name[_language()]}.pdf"'},
    )


def _save(session: Session, record_id: int, item: Item) -> None:
    now = clock.now()
    answer_victim(
        session,
        current_actor(),
        record_id,
        lambda counted_on: read_answer(
            item, request.form, _who(), counted_on=counted_on, today=to_london(now).date()
        ),
        now=now,
    )


def _ask_page(record_id: int, wrong: Item | None = None, problem: str = "") -> str:
    with transaction() as session:
        view = read_record(session, current_actor(), record_id, now=clock.now())
    return render_template(
        "equality/ask.html",
        view=view,
        q=questions,
        items=Item,
        asked=ASKED,
        groups=GROUPS,
        language=_language(view.prefers_language),
        languages=Language,
        who=_who(),
        whos=AnswerSource,
        wrong=wrong,
        problem=problem,
        said=request.form if wrong else {},
    )


def _progress(view: RecordView, item: Item) -> dict[str, Any]:
    """Return what a page that saves by itself shows anew; never an answer."""
    return {
        "settled": view.items[item].settled,
        "answered": view.answered,
        "asked": view.asked,
        "left_out": [one.value for one in ASKED if not view.items[one].applies],
    }


def _after(view: RecordView, item: Item) -> str:
    """Return where to go on: the next question that is open, after the one just answered."""
    place = ASKED.index(item) + 1 if item in ASKED else 0
    order = (*ASKED[place:], *ASKED[:place])
    left = [one for one in order if view.items[one].applies and not view.items[one].settled]
    left = [one for one in left if one is not Item.PREGNANCY] or left
    anchor = left[0].value if view.answered < view.asked and left else "thanks"
    return url_for(
        ".ask",
        record_id=view.id,
        lang=request.args.get("lang"),
        who=request.args.get("who"),
        _anchor=anchor,
    )


def _language(preferred: str = "en") -> Language:
    said = request.args.get("lang", preferred)
    return Language.WELSH if said == Language.WELSH else Language.ENGLISH


def _who() -> AnswerSource:
    third = request.args.get("who") == AnswerSource.THIRD_PARTY.value
    return AnswerSource.THIRD_PARTY if third else AnswerSource.SELF


def _paper() -> Paper:
    record_id = request.args.get("record", type=int)
    day = to_london(clock.now()).date()
    with transaction() as session:
        lists = code_lists(session, day)
    return paper(_language(), record_id, lists, day=day)


def _item(text: str) -> Item:
    found = next((item for item in Item if item.value == text), None)
    if found is None:
        raise NotFound("There is no such question.")
    return found
