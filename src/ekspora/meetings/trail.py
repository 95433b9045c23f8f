"""What people read in the trail for the actions, records and details of this room."""

from django.utils.translation import gettext_lazy as _

from ekspora.core.trail import fields_of
from ekspora.meetings.models import DayMark, Delegation, Interpreters, MeetingTerms, Wish

LABELS = {
    "wish.mark": _("marked whom to meet"),
    "request.decide": _("decided about a meeting request"),
    "request.withdraw": _("took a decision about a meeting request back"),
    "timetable.solve": _("had a timetable computed"),
    "timetable.move": _("moved a meeting"),
    "timetable.swap": _("let two meetings exchange places"),
    "timetable.take_out": _("took a meeting out of the timetable"),
    "timetable.lock": _("locked or unlocked meetings"),
    "timetable.update": _("brought a timetable up to date"),
    "timetable.publish": _("published a timetable"),
    "timetable.replan": _("re-planned the timetable"),
    "timetable.refuse": _("refused a timetable"),
    "day.mark": _("marked somebody absent, late or gone"),
    "day.undo": _("took a mark of the day back"),
    "day.table_lost": _("took a table out of service"),
    "day.table_back": _("put a table into service again"),
    "day.late": _("moved the rest of the day to later"),
    "day.late_undo": _("moved the rest of the day back"),
    "day.late_tell": _("prepared messages that the programme runs late"),
    "agenda.seen": _("saw the changed agenda"),
    "hall.interpreters": _("said how many interpreters there are"),
    "hall.delegation": _("set a delegation and its tables"),
    "hall.delegation_gone": _("dissolved a delegation"),
    "hall.person": _("noted languages and pauses of people"),
}

RECORDS = {
    "meetings.timetableversion": _("version of the timetable"),
    "meetings.meetingrequest": _("meeting request"),
    "meetings.delay": _("delay"),
    "meetings.delegation": _("delegation"),
}

DETAILS = {
    "at": _("at what time"),
    "before": _("marked before"),
    "chosen": _("marked participant"),
    "guest": _("representative"),
    "instead_of": _("instead of version"),
    "maker": _("business"),
    "meetings": _("meetings"),
    "members": _("members"),
    "minutes": _("by how many minutes"),
    "on_behalf": _("by the organisers"),
    "parent": _("made from version"),
    "people": _("participants"),
    "since": _("from when"),
    "table": _("table"),
    "tables": _("tables"),
    "until": _("until when"),
}

READERS = {
    "day.kind": dict(DayMark.Kind.choices).get,
    "wish.before": dict(Wish.Mark.choices).get,
    "wish.mark": dict(Wish.Mark.choices).get,
}

COLUMNS = {"hall": fields_of(Delegation) | fields_of(Interpreters) | fields_of(MeetingTerms)}
