"""The tables of the controllers' wing, one subject a package."""

from grants.control.fixing.models import FixedFigure
from grants.control.learning.models import (
    Expert,
    ExpertMessage,
    Lesson,
    LessonProposal,
    LessonRevision,
    Meeting,
    ProposalStep,
    Registration,
)

__all__ = ["Expert", "ExpertMessage", "FixedFigure", "Lesson", "LessonProposal", "LessonRevision", "Meeting", "ProposalStep", "Registration"]
