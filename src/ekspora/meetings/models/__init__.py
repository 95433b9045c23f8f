from ekspora.meetings.models.day import DayMark, Delay, LostTable
from ekspora.meetings.models.requests import MeetingRequest, Wish
from ekspora.meetings.models.terms import ALL_DAY, Delegation, Interpreters, MeetingTerms
from ekspora.meetings.models.timetables import AgendaSeen, Meeting, TimetableVersion

__all__ = [
    "ALL_DAY",
    "AgendaSeen",
    "DayMark",
    "Delay",
    "Delegation",
    "Interpreters",
    "LostTable",
    "Meeting",
    "MeetingRequest",
    "MeetingTerms",
    "TimetableVersion",
    "Wish",
]
