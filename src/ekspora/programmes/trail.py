"""What people read in the trail for the actions, records and details of this room."""

from django.utils.translation import gettext_lazy as _

from ekspora.programmes.models import Organiser

LABELS = {
    "programme.create": _("planned a programme"),
    "activity.create": _("planned an activity"),
    "activity.change": _("changed an activity"),
    "activity.enrol": _("added participants"),
    "activity.invite": _("prepared invitations"),
    "agency.register": _("entered an agency"),
    "organiser.set": _("set the role of an organiser"),
    "organiser.remove": _("took an organiser out"),
    "agenda.add": _("added a part of the agenda"),
    "agenda.change": _("changed a part of the agenda"),
    "agenda.remove": _("took a part out of the agenda"),
    "participation.accepted": _("accepted an invitation"),
    "participation.declined": _("declined an invitation"),
    "participation.walk_in": _("let somebody in at the door"),
    "participation.remove": _("took a participant out"),
    "participation.terms": _("changed what sets a participant apart"),
    "attendance.came": _("checked somebody in"),
    "attendance.late": _("checked somebody in, late"),
    "attendance.substitute": _("checked a substitute in"),
    "attendance.left": _("noted that somebody left early"),
    "attendance.undo": _("took a mark of attendance back"),
    "feedback.give": _("said how content they were"),
}

RECORDS = {
    "programmes.programme": _("programme"),
    "programmes.activity": _("activity"),
    "programmes.agendaitem": _("part of the agenda"),
    "programmes.participation": _("participant"),
    "programmes.feedback": _("feedback"),
}

DETAILS = {
    "agency": _("agency"),
    "attendees": _("who takes part"),
    "is_featured": _("promoted"),
    "mark": _("mark"),
    "participations": _("participants"),
    "representative": _("representative"),
    "said_at": _("tapped at"),
    "substitute": _("substitute"),
}

READERS = {
    "organiser.role": dict(Organiser.Role.choices).get,
}
