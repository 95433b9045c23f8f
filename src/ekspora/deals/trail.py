"""What people read in the trail for the actions of this room."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "forward.choose": _("chose which makers to pass on"),
    "inquiry.ask": _("somebody abroad asked about a business"),
}
