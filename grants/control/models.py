"""The tables of this floor."""

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

__all__ = ["Expert", "ExpertMessage", "Lesson", "LessonProposal", "LessonRevision", "Meeting", "ProposalStep", "Registration"]
