"""The frame round every page: whose force, who is signed in, and where they can go.

Navigation is by task. A link is shown only where the page exists and its own view lets this person
in, so that it can never promise what the page refuses.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from fcr_app import clock
from fcr_app.extensions import from_a_program
from fcr_app.services.force import ForceName, force_name
from fcr_app.services.notices import MOST_COUNTED
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, may_open


@dataclass(frozen=True)
class Task:
    """An entry of the navigation.

    Attributes:
        covers: Blueprints whose pages belong to this entry, besides its own.
        within: What belongs to the same work; shown below the navigation while one is there.
    """

    label: str
    endpoint: str
    covers: tuple[str, ...] = ()
    within: tuple["Task", ...] = ()

    @property
    def here(self) -> bool:
        """Say whether the page being shown belongs to this entry itself."""
        own = self.endpoint.partition(".")[0]
        if self.endpoint == request.endpoint:
            return True
        every = (one for task in TASKS for one in (task, *task.within))
        rivals = [one for one in every if one.endpoint == request.endpoint]
        return not rivals and request.blueprint in (own, *self.covers)

    @property
    def open_to_me(self) -> tuple["Task", ...]:
        """This entry and those within it, as far as the person may open them."""
        return tuple(one for one in (self, *self.within) if may_open(one.endpoint))


NOTICES = "notices.index"

TASKS = (
    Task("My work", "worklist.show", ("cases", "claims", "requests", "letters", "logs")),
    Task("Overview", "dashboard.show"),
    Task("Reviews", "reviews.index"),
    Task(
        "Reports of crime",
        "incidents.index",
        ("incident_changes",),
        within=(
            Task("Late records", "late_records.index"),
            Task("Equality questions", "equality.index"),
            Task("Enter a crime", "crimes.new", ("crime_additions",)),
            Task("Imports", "imports.index", ("import_columns",)),
        ),
    ),
    Task("Diary", "diary.show", ("booking", "diary_daily", "diary_feed")),
    Task(
        "Rulings",
        "rulings.index",
        within=(Task("Bulletins", "bulletins.index"), Task("Rules and errors", "themes.index")),
    ),
    Task(
        "Audits",
        "audits.index",
        (
            "audit_opening",
            "audit_records",
            "audit_figures",
            "audit_signing",
            "audit_moderation",
            "audit_findings",
        ),
        within=(
            Task("To examine", "audit_review.mine"),
            Task("Audit plan", "audit_plan.index", ("audit_lines", "audit_stops")),
            Task("Lists for audits", "audit_lists.index"),
            Task("Sample size", "audit_size.show"),
            Task("Audit reports", "audit_reports.index"),
            Task("Actions", "audit_actions.index"),
        ),
    ),
    Task("Search", "search.show"),
    Task(
        "Feedback",
        "feedback.index",
        ("feedback_giving",),
        within=(
            Task("All feedback", "feedback.register"),
            Task("My learning", "my_learning.show"),
            Task("Team", "team.index"),
            Task("Learning plans", "learning.index"),
            Task("Does it work?", "effect.show"),
        ),
    ),
    Task(
        "Figures",
        "equality_figures.completeness",
        within=(
            Task("Decisions by group", "equality_figures.use"),
            Task("Equality reports", "equality_report.index"),
        ),
    ),
    Task("Notices", NOTICES),
    Task("People", "people.index", ("authority", "deputies")),
    Task("Units", "units.index"),
    Task("Force", "force.show", ("bank_holidays",)),
)

FOOTER = (
    ("Help", "help.show"),
    ("The rules", "policy.index"),
    ("Accessibility", "help.accessibility"),
    ("Cookies and privacy", "help.privacy"),
)


@dataclass(frozen=True, kw_only=True)
class Shell:
    """What the base template shows round a page."""

    force: ForceName
    now: datetime
    name: str = ""
    roles: tuple[str, ...] = ()
    tasks: tuple[dict[str, object], ...] = ()
    within: tuple[dict[str, object], ...] = ()
    footer: tuple[dict[str, str], ...] = ()
    ends_at: datetime | None = None
    warn_seconds: int = 0


def use_bare_shell() -> None:
    """Show the next page without asking the database, which may be what failed."""
    g.shell = Shell(force=ForceName(name="", demonstration=False), now=clock.now())


def load_force() -> None:
    """Read the force's name before the page opens a transaction of its own."""
    # The first must answer when the database does not; the second has no frame.
    if request.blueprint == "health" or from_a_program():
        return
    with transaction() as session:
        g.force = force_name(session, clock.now())


def shell() -> Shell:
    """Return the frame of this page, worked out once a request."""
    if "shell" not in g:
        if "force" not in g:  # the request was refused before anything else happened
            load_force()
        now = clock.now()
        anonymous = not current_user.is_authenticated
        g.shell = (
            Shell(force=g.force, now=now, footer=_footer())
            if anonymous
            else _signed_in_shell(g.force, now)
        )
    found: Shell = g.shell
    return found


def _signed_in_shell(force: ForceName, now: datetime) -> Shell:
    actor = current_actor()
    tasks = [(task, mine) for task in TASKS if (mine := task.open_to_me)]
    here = next((mine for _, mine in tasks if any(one.here for one in mine)), ())
    return Shell(
        force=force,
        now=now,
        name=actor.name,
        roles=tuple(sorted(role.label for role in actor.roles)),
        tasks=tuple(
            {"text": _label(mine[0]), "href": url_for(mine[0].endpoint), "active": mine is here}
            for _, mine in tasks
        ),
        within=tuple(
            {"text": one.label, "href": url_for(one.endpoint), "active": one.here} for one in here
        )
        if len(here) > 1
        else (),
        footer=_footer(),
        ends_at=current_user.ends_at,
        warn_seconds=60 * int(current_app.config["FCR_SESSION_WARNING_MINUTES"]),
    )


def _label(task: Task) -> str:
    """Return what the navigation calls a task; notices say how many wait to be read."""
    unread = current_user.unread_count if task.endpoint == NOTICES else 0
    if not unread:
        return task.label
    return f"{task.label} ({'100+' if unread >= MOST_COUNTED else unread})"


def _footer() -> tuple[dict[str, str], ...]:
    return tuple(
        {"text": label, "href": url_for(endpoint)}
        for label, endpoint in FOOTER
        if may_open(endpoint)
    )


def home() -> str:
    """Return the page a person starts from: the first task they may do."""
    for task in TASKS:
        # What is within a task is open to more people than the task, and is nobody's work.
        if may_open(task.endpoint):
            return url_for(task.endpoint)
    return url_for("account.show")


def register(app: Flask) -> None:
    """Give the frame to every template."""
    app.before_request(load_force)
    app.context_processor(lambda: {"shell": shell()})
