from ekspora.core.models.audit import AuditEntry
from ekspora.core.models.jobs import Job
from ekspora.core.models.links import AccessLink
from ekspora.core.models.outbox import AutomaticKind, Message
from ekspora.core.models.papers import Paper
from ekspora.core.models.people import Account, Agency, Membership, Person

__all__ = [
    "AccessLink",
    "Account",
    "Agency",
    "AuditEntry",
    "AutomaticKind",
    "Job",
    "Membership",
    "Message",
    "Paper",
    "Person",
]
