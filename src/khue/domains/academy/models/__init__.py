"""What is taught (programmes), to whom, when and where (cohorts), and what comes of it."""

from khue.domains.academy.models.attempt import Answer, Attempt
from khue.domains.academy.models.attendance import Attendance, AttendanceChange
from khue.domains.academy.models.certificate import (
    BatchState,
    Certificate,
    CertificateBatch,
    CertificatePlan,
    Series,
)
from khue.domains.academy.models.cohort import Cohort, Place, PlaceKind, RosterFile, Team
from khue.domains.academy.models.enrolment import Enrolment
from khue.domains.academy.models.gallery import Consent, FollowUp, Outcome, Publication
from khue.domains.academy.models.invitation import InvitationLetter
from khue.domains.academy.models.issuer import Issuer, IssuerKey, StatusList
from khue.domains.academy.models.judging import Comparison, Judge, Recusal, Sheet
from khue.domains.academy.models.lab import CheckOutcome, CheckResult, Evidence, Grade, GradeKind, Submission
from khue.domains.academy.models.merge import EnrolmentMerge
from khue.domains.academy.models.notice import NewsLetter, Notice, NoticeKind
from khue.domains.academy.models.programme import (
    Activity,
    ActivityKind,
    Content,
    Material,
    Programme,
    ProgrammeVersion,
    Topic,
)
from khue.domains.academy.models.quiz import Bank, BankItem, Quiz, Shows, Sitting
from khue.domains.academy.models.reading import Reading
from khue.domains.academy.models.room import Hand, Poll, PollAnswer, Question, Room, Vote
from khue.domains.academy.models.session import Session, SessionPlace
from khue.domains.academy.models.sprint import (
    Artefact,
    CanvasText,
    Entry,
    GateDecision,
    Problem,
    ProblemState,
    Sprint,
    StageState,
    StageWork,
)
from khue.domains.academy.models.survey import SurveyDone, SurveyReply

__all__ = [
    "Activity",
    "ActivityKind",
    "Answer",
    "Artefact",
    "Attempt",
    "Attendance",
    "AttendanceChange",
    "Bank",
    "BankItem",
    "BatchState",
    "CanvasText",
    "Certificate",
    "CertificateBatch",
    "CertificatePlan",
    "CheckOutcome",
    "CheckResult",
    "Cohort",
    "Comparison",
    "Consent",
    "Content",
    "Enrolment",
    "EnrolmentMerge",
    "Entry",
    "Evidence",
    "FollowUp",
    "GateDecision",
    "Grade",
    "GradeKind",
    "Issuer",
    "IssuerKey",
    "Hand",
    "InvitationLetter",
    "Judge",
    "Material",
    "NewsLetter",
    "Notice",
    "NoticeKind",
    "Outcome",
    "Place",
    "PlaceKind",
    "Poll",
    "PollAnswer",
    "Problem",
    "ProblemState",
    "Programme",
    "ProgrammeVersion",
    "Publication",
    "Question",
    "Quiz",
    "Reading",
    "Recusal",
    "Room",
    "RosterFile",
    "Series",
    "Session",
    "SessionPlace",
    "Sheet",
    "Shows",
    "Sitting",
    "Sprint",
    "StageState",
    "StageWork",
    "StatusList",
    "Submission",
    "SurveyDone",
    "SurveyReply",
    "Team",
    "Topic",
    "Vote",
]
