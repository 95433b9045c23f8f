"""One-on-one meetings: which requests can be met, when and where, and what is proven about it.

``docs/engines/meetings.md`` tells the method; formats are in ``docs/formats``.
"""

from ekspora.engines.kernel.problems import BadInput, Problem
from ekspora.engines.meetings.model import (
    Conflict,
    Delegation,
    Instance,
    Meeting,
    Participant,
    Progress,
    Proven,
    Request,
    Result,
    Table,
    Unscheduled,
)
from ekspora.engines.meetings.parse import parse_instance, parse_result
from ekspora.engines.meetings.solve import explain, solve, weight_bound
from ekspora.engines.meetings.verify import verify

__all__ = [
    "BadInput",
    "Conflict",
    "Delegation",
    "Instance",
    "Meeting",
    "Participant",
    "Problem",
    "Progress",
    "Proven",
    "Request",
    "Result",
    "Table",
    "Unscheduled",
    "explain",
    "parse_instance",
    "parse_result",
    "solve",
    "verify",
    "weight_bound",
]
