"""What the door adds to the audit trail."""

from django.utils.translation import gettext_lazy as _

from ekspora.core import trail


def register() -> None:
    """Give the marks of attendance their words."""
    trail.labels |= {
        "attendance.came": _("checked somebody in"),
        "attendance.late": _("checked somebody in, late"),
        "attendance.substitute": _("checked a substitute in"),
        "attendance.left": _("noted that somebody left early"),
        "attendance.undo": _("took a mark of attendance back"),
    }
