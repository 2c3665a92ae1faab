from grants.kernel.models.access import AccessLog
from grants.kernel.models.accounts import RoleAssignment, User
from grants.kernel.models.events import Chain, DailyDigest, Event
from grants.kernel.models.outbox import OutboxMessage

__all__ = ["AccessLog", "Chain", "DailyDigest", "Event", "OutboxMessage", "RoleAssignment", "User"]
