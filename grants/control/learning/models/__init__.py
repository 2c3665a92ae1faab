from grants.control.learning.models.lessons import Lesson, LessonRevision
from grants.control.learning.models.people import Expert, ExpertMessage, Meeting, Registration
from grants.control.learning.models.proposals import LessonProposal, ProposalStep

__all__ = ["Expert", "ExpertMessage", "Lesson", "LessonProposal", "LessonRevision", "Meeting", "ProposalStep", "Registration"]
