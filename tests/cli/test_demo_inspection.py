"""The published inspection, by the ordinary way an audit goes: its reports print what it printed.

The figures are those of issue and reference (audit statistics, section 1.3). What is compared is
the text that a reader gets, from the page and from the PDF.
"""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from fcr_app.extensions import db
from fcr_app.models import AuditPlan, AuditReportRequest, AuditReview, AuditRun
from fcr_app.reports.audits.run_report import make_run_report
from fcr_app.services.audits.made_report import MadeReport
from fcr_app.services.audits.material import run_material
from fcr_app.services.transaction import transaction
from tests.reports.pdf_reading import text_of

#: What the report of the inspection's crimes says, sentence by sentence.
PRINTED = (
    "Violence against the person: 459 of 524 recorded, 87.6% ± 2.82.",
    "Sexual offences, with rape: 343 of 377 recorded, 91.0% ± 2.89.",
    "Domestic abuse: 230 of 271 recorded, 84.9%",
    "All crimes: over 94,500 are not recorded each year.",
    "Violence against the person: over 28,100 are not recorded each year.",
    "Sexual offences, with rape: over 1,890 are not recorded each year.",
    "Violence against the person: 301 of 459, 65.6%",
    "Sexual offences, with rape: 188 of 325, 57.8%",
    "Good (given by the FCR, not worked out from the rate)",
    # What can't be reproduced, and why.
    "recording rate: 1,249 of 1,396",
    "89.5% ± 1.61",
    "The overall interval can’t be reproduced. The inspection prints ± 1.64",
    "a design effect of 1.04",
    "The interval of sexual offences can’t be reproduced from the counts that are printed.",
    "18 of the 343 recorded crimes have no time",
    "which leaves 495 others",
    "Implied by the inspection’s own estimates",
)
#: What it says of the other samples: the audit, the measure, and what was found.
BESIDE = (
    ("Reports of rape", "(c) rapes recorded, of those that should be", "98 of 118"),
    ("Reports of rape", "(a) N100s that exist, of those that should", "34 of 48"),
    ("N100s in use", "(b) N100s that are right, of those examined", "14 of 20"),
    ("Vulnerable victims’ records", "Recording rate", "36 of 39"),
    ("Cancelled crimes", "Rape, cancelled rightly", "18 of 20"),
    ("Cancelled crimes", "Sexual offences, cancelled rightly", "19 of 20"),
    ("Cancelled crimes", "Violence, cancelled rightly", "16 of 20"),
    ("Cancelled crimes", "Robbery, cancelled rightly", "17 of 20"),
    ("Modern slavery crimes", "Modern slavery", "9 of 9"),
    ("Modern slavery referrals", "Modern slavery", "11 of 12"),
)
REVIEWS = 1_959


@pytest.fixture
def made(app: Flask) -> MadeReport:
    """Load the inspection by its command, and make the report of its first audit."""
    done = app.test_cli_runner().invoke(args=["fcr", "demo", "inspection-2018"])
    assert done.exit_code == 0, done.output
    assert f"7 audits are signed off, AUD-2026-0001 first, after {REVIEWS:,} reviews" in done.output
    with app.app_context(), transaction() as session:
        first = session.scalars(select(AuditRun).order_by(AuditRun.id)).first()
        assert first is not None
        return make_run_report(run_material(session, first.id), tell=lambda *_: None)


@pytest.mark.timeout(600)  # two thousand reviews, each as an auditor would save it
def test_the_published_inspection_is_reproduced(app: Flask, made: MadeReport) -> None:
    html = " ".join(unescape(re.sub(r"<[^>]+>", " ", made.public_html)).split())
    pdf = text_of(made.public_pdf)

    for sentence in PRINTED:
        assert sentence in html
        # A line of the PDF may end within a word that has a hyphen or a slash, not elsewhere.
        assert sentence in pdf
    for audit, measure, found in BESIDE:
        # As a screen reader or a phone gets a row: each cell with its heading.
        row = rf"{audit} \(AUD-2026-000\d\) Measure: {re.escape(measure)} Found: {found}"
        assert re.search(row, html)
        assert found in pdf
    with app.app_context():
        states = db.session.execute(
            select(AuditRun.state, func.count()).group_by(AuditRun.state)
        ).all()
        assert [tuple(row) for row in states] == [("signed_off", 7)]
        assert db.session.scalar(select(func.count()).select_from(AuditReview)) == REVIEWS
        assert db.session.scalar(select(func.count()).select_from(AuditReportRequest)) == 7
        plan = db.session.scalars(select(AuditPlan)).one()
        assert (plan.state, plan.starts_on.year) == ("approved", 2017)
        assert plan.fcr_approved_by_id != plan.approved_by_id
    again = app.test_cli_runner().invoke(args=["fcr", "demo", "inspection-2018"])
    assert "was there already. Nothing was changed." in again.output
