from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "ekspora.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Fill the registries of the rooms to the left."""
        from ekspora.meetings import timetable_step, wishes_step
        from ekspora.programmes.tabs import page, tabs

        wishes_step.register()
        timetable_step.register()
        tabs.register("prints", page("prints", _("To print"), "prints"), order=60)
