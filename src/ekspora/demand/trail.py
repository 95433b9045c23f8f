"""What people read in the trail for the actions of this room."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "demand.take_down": _("took down a demand"),
    "demand.change": _("changed a demand"),
    "demand.answer": _("answered a demand"),
    "demand.close": _("closed a demand"),
    "demand.reopen": _("opened a demand again"),
}
