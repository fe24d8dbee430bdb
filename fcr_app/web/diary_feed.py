"""The diary for a person's own calendar: the address that is read, and the page it is made on."""

from datetime import timedelta

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import NotFound
from fcr_app.reports.calendar_feed import LOOK_AGAIN, to_ics
from fcr_app.services import calendar_feed as service
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, public, requires
from fcr_app.web.browser import address
from fcr_app.web.forms import see_other

bp = Blueprint("diary_feed", __name__, url_prefix="/diary")


@bp.get("/feed/<string:secret>.ics")
@public
def read(secret: str) -> Answer:
    """Give a calendar what it subscribed to. The address is the key; there is no sign-in."""
    now = clock.now()
    with transaction() as session:
        feed = service.read_feed(session, secret, address=address(), now=now)
    # In a transaction of its own, so that SQLite need not turn a reader into a writer.
    with transaction() as session:
        if feed is None:
            service.note_miss(session, address=address(), now=now)
        else:
            service.note_read(session, feed.feed_id, now=now)
    if feed is None:
        raise NotFound(service.NOT_THERE)
    return _file(to_ics(feed.events, _address_of))


def _address_of(reference: str) -> str:
    return url_for("cases.show", reference=reference, _external=True)


def _file(ics: bytes) -> Answer:
    """Return the file, or that it has not changed since the calendar last read it."""
    answer = Response(ics, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="diary.ics"'
    # The calendar may keep it, and has to ask each time; nothing between may keep it.
    answer.headers["Cache-Control"] = f"private, no-cache, max-age={_seconds(LOOK_AGAIN)}"
    answer.add_etag()
    return answer.make_conditional(request)


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())


@bp.get("/feeds")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show a person's addresses, and make them understand what one is."""
    return _page("")


@bp.post("/feeds")
@requires(Permission.WORK_ON_CASES)
def make() -> str:
    """Make an address and show it, this once."""
    with transaction() as session:
        secret = service.make_feed(session, current_actor(), now=clock.now())
    return _page(url_for(".read", secret=secret, _external=True))


@bp.post("/feeds/<int:feed_id>/end")
@requires(Permission.WORK_ON_CASES)
def end(feed_id: int) -> Answer:
    """End an address, so that calendars which subscribed to it read nothing more."""
    with transaction() as session:
        service.end_feed(session, current_actor(), feed_id, now=clock.now())
    flash("The address is ended. Calendars that subscribed to it get nothing more.", "success")
    return see_other(url_for(".index"))


def _page(new: str) -> str:
    now = clock.now()
    with transaction() as session:
        feeds = service.my_feeds(session, current_actor())
    days = service.LASTS.days
    return render_template("diary/feeds.html", feeds=feeds, new=new, now=now, days=days)
