from ekspora.programmes.models.activities import Activity, Organiser, Programme, in_language, validate_zone
from ekspora.programmes.models.agenda import AgendaItem
from ekspora.programmes.models.participations import AttendanceMark, Feedback, Participation

__all__ = [
    "Activity",
    "AgendaItem",
    "AttendanceMark",
    "Feedback",
    "Organiser",
    "Participation",
    "Programme",
    "in_language",
    "validate_zone",
]
