"""The tables: columns, constraints, relationships. No rules. Only services import them."""

from fcr_app.models.api import ApiAnswer, ApiFailure, ApiToken
from fcr_app.models.appeal import Appeal
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.audit_plan import (
    AuditLine,
    AuditLineAuditor,
    AuditPlan,
    AuditPlanMonth,
    AuditStep,
)
from fcr_app.models.audit_report import AuditAction, AuditReport, AuditReportRequest
from fcr_app.models.audit_review import AuditAnswer, AuditCrime, AuditFinding, AuditReview
from fcr_app.models.audit_run import AuditFrame, AuditItem, AuditList, AuditRun
from fcr_app.models.bulletin import (
    Bulletin,
    BulletinBearing,
    BulletinEdition,
    BulletinError,
    BulletinReceipt,
    BulletinRole,
    BulletinTelling,
    BulletinUnit,
    TeachingExample,
)
from fcr_app.models.cancellation import (
    CancellationRequest,
    Decision,
    NoticeException,
    RegistrarAdvice,
    VictimNotice,
)
from fcr_app.models.case import Case, CaseStep
from fcr_app.models.crime import Crime, CrimeFlag, CrimePerson, Victim
from fcr_app.models.diary import Appointment, CalendarFeed, DiaryDay, FeedMiss
from fcr_app.models.equality import EqualityAnswer, EqualityCode, EqualityRecord
from fcr_app.models.equality_counts import (
    EqualityCrimeCount,
    EqualityKnownCount,
    EqualityMonth,
    EqualityReportCount,
)
from fcr_app.models.equality_report import EqualityReport, EqualityReportDraft
from fcr_app.models.feedback import FeedbackItem, Notice
from fcr_app.models.force import BankHoliday, Force
from fcr_app.models.imports import ImportFile, ImportMapping, ImportProblem, ImportRun
from fcr_app.models.incident import (
    Incident,
    IncidentChange,
    IncidentCrime,
    IncidentFlag,
    LateRecord,
)
from fcr_app.models.job import JobRun, Lease
from fcr_app.models.learning import LearningAction, LearningEntry, LearningPlan
from fcr_app.models.logs import AccessEntry, ChangeEntry
from fcr_app.models.message import ClockAlert, Message
from fcr_app.models.offence import Offence, OffenceWording
from fcr_app.models.one_to_one import OneToOneNote
from fcr_app.models.person import Deputy, Person, PersonAccreditation, RoleGrant, Unit
from fcr_app.models.reclassification import CrimeClass
from fcr_app.models.reported import ReportedIncident
from fcr_app.models.ruling import Ruling, RulingLink, RulingRule, RulingWord
from fcr_app.models.sign_in import KeptWords, SignIn, SignInAttempt

__all__ = [
    "AccessEntry",
    "ApiAnswer",
    "ApiFailure",
    "ApiToken",
    "Appeal",
    "AppendOnlyMixin",
    "Appointment",
    "AuditAction",
    "AuditAnswer",
    "AuditCrime",
    "AuditFinding",
    "AuditFrame",
    "AuditItem",
    "AuditLine",
    "AuditLineAuditor",
    "AuditList",
    "AuditPlan",
    "AuditPlanMonth",
    "AuditReport",
    "AuditReportRequest",
    "AuditReview",
    "AuditRun",
    "AuditStep",
    "BankHoliday",
    "Bulletin",
    "BulletinBearing",
    "BulletinEdition",
    "BulletinError",
    "BulletinReceipt",
    "BulletinRole",
    "BulletinTelling",
    "BulletinUnit",
    "CalendarFeed",
    "CancellationRequest",
    "Case",
    "CaseStep",
    "ChangeEntry",
    "ClockAlert",
    "Crime",
    "CrimeClass",
    "CrimeFlag",
    "CrimePerson",
    "Decision",
    "Deputy",
    "DiaryDay",
    "EqualityAnswer",
    "EqualityCode",
    "EqualityCrimeCount",
    "EqualityKnownCount",
    "EqualityMonth",
    "EqualityRecord",
    "EqualityReport",
    "EqualityReportCount",
    "EqualityReportDraft",
    "FeedMiss",
    "FeedbackItem",
    "Force",
    "ImportFile",
    "ImportMapping",
    "ImportProblem",
    "ImportRun",
    "Incident",
    "IncidentChange",
    "IncidentCrime",
    "IncidentFlag",
    "JobRun",
    "KeptWords",
    "LateRecord",
    "LearningAction",
    "LearningEntry",
    "LearningPlan",
    "Lease",
    "Message",
    "Notice",
    "NoticeException",
    "Offence",
    "OffenceWording",
    "OneToOneNote",
    "Person",
    "PersonAccreditation",
    "RegistrarAdvice",
    "ReportedIncident",
    "RoleGrant",
    "Ruling",
    "RulingLink",
    "RulingRule",
    "RulingWord",
    "SignIn",
    "SignInAttempt",
    "TeachingExample",
    "Unit",
    "Victim",
    "VictimNotice",
]
