"""The words of audits, for the glossary."""

from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.term import Term

_MODELS = "fcr_app.models"
_DOMAIN = "fcr_app.domain"

AUDIT_TERMS = (
    Term(
        "Action",
        "A recommendation of an audit or an inspection that became somebody’s to carry out, with "
        "a due date and the evidence that it was done.",
        f"{_MODELS}.AuditAction",
        inspection("FB-03"),
    ),
    Term(
        "Annex",
        "The restricted part of a report: the records, and whoever dealt with them. The other "
        "part names nobody and can be published.",
        f"{_MODELS}.AuditReport.annex_html",
    ),
    Term(
        "Audit",
        "One line of the audit plan carried out for one period: a frame, a sample, a review of "
        "each record, figures and a report.",
        f"{_MODELS}.AuditRun",
        inspection("FB-03"),
    ),
    Term(
        "Audit plan",
        "The audits of a year, approved by the FCR and the chief officer. A change is a new "
        "edition with a reason.",
        "fcr_app.workflows.audit_plan.AUDIT_PLAN",
        inspection("FB-03"),
    ),
    Term(
        "Census",
        "An audit that examines every record of its frame. It has no interval.",
        f"{_DOMAIN}.audit_sampling.Method.CENSUS",
    ),
    Term(
        "Crime that should exist",
        "What an audit counts: a crime that the rules say is to be recorded, whether it was or "
        "not. A record can hold none or many.",
        f"{_MODELS}.AuditCrime",
    ),
    Term(
        "Dip sample",
        "Records that somebody chose. It shows examples, says nothing about the rest, and has no "
        "interval.",
        f"{_DOMAIN}.audit_sampling.Method.DIP",
    ),
    Term(
        "Finding",
        "An error that an audit found, with what puts it right and the feedback on it.",
        f"{_MODELS}.AuditFinding",
        inspection("FB-01"),
    ),
    Term(
        "Frame",
        "The records that a sample is drawn from, kept as they were at that moment.",
        f"{_MODELS}.AuditFrame",
    ),
    Term(
        "Interval",
        "From where to where the true rate may be, given that only a sample was examined: 19 "
        "such intervals out of 20 hold it.",
        f"{_DOMAIN}.statistics.wilson",
    ),
    Term(
        "Moderation",
        "The FCR’s word on a record that two auditors judged differently. It counts; both other "
        "reviews are kept.",
        f"{_DOMAIN}.audits.words.ReviewKind.FINAL",
        force_policy("ROLE-03"),
    ),
    Term(
        "Recording rate",
        "Crimes that were recorded, of all that should have been.",
        f"{_DOMAIN}.audits.words.Verdict.RECORDED",
    ),
    Term(
        "Reserve",
        "A record drawn beyond the sample. It replaces one that can’t be examined, in the order "
        "drawn and with a reason.",
        f"{_MODELS}.AuditItem.is_reserve",
    ),
    Term(
        "Second review",
        "A drawn share of an audit’s records is examined by another auditor who can’t see the "
        "first review.",
        f"{_DOMAIN}.audits.words.ReviewKind.SECOND",
        force_policy("ROLE-03"),
    ),
    Term(
        "Stratum",
        "A part of a frame, such as one offence group, from which records are drawn apart.",
        f"{_MODELS}.AuditItem.stratum",
    ),
)
