"""What people read in the trail for the actions, records and details of this room."""

from django.utils.translation import gettext_lazy as _

from ekspora.results.figures import beside

LABELS = {
    "report.write": _("worked on the report of an activity"),
    "reported_figure.note": _("noted a reported figure"),
    "reported_figure.change": _("corrected a reported figure"),
    "reported_figure.remove": _("took a reported figure out"),
    "report_photo.add": _("added a photo to a report"),
    "report_photo.remove": _("took a photo out of a report"),
}

RECORDS = {
    "results.report": _("report"),
    "results.reportedfigure": _("reported figure"),
    "results.reportphoto": _("photo of a report"),
}

DETAILS = {
    "photos": _("photos"),
}

READERS = {
    "reported_figure.beside": lambda code: dict(beside()).get(code),
}
