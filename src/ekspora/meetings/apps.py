from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "ekspora.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Fill the registries of the rooms to the left."""
        from ekspora.core import trail
        from ekspora.meetings import agenda_step, outcomes_step, privacy, timetable_step, wishes_step
        from ekspora.meetings.trail import COLUMNS, DETAILS, LABELS, READERS, RECORDS

        wishes_step.register()
        timetable_step.register()
        agenda_step.register()
        outcomes_step.register()
        privacy.register()
        trail.labels |= LABELS
        trail.records |= RECORDS
        trail.details |= DETAILS
        trail.readers |= READERS
        trail.columns |= COLUMNS
