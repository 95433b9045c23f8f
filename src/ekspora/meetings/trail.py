"""What people read in the trail for the actions of this room."""

from django.utils.translation import gettext_lazy as _

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
}
