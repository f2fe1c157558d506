"""What is taught (programmes), to whom, when and where (cohorts), and what comes of it."""

from khue.domains.academy.models.cohort import Cohort, Place, PlaceKind, RosterFile, Team
from khue.domains.academy.models.enrolment import Enrolment
from khue.domains.academy.models.programme import (
    Activity,
    ActivityKind,
    Content,
    Material,
    Programme,
    ProgrammeVersion,
    Topic,
)
from khue.domains.academy.models.reading import Reading
from khue.domains.academy.models.session import Session

__all__ = [
    "Activity",
    "ActivityKind",
    "Cohort",
    "Content",
    "Enrolment",
    "Material",
    "Place",
    "PlaceKind",
    "Programme",
    "ProgrammeVersion",
    "Reading",
    "RosterFile",
    "Session",
    "Team",
    "Topic",
]
