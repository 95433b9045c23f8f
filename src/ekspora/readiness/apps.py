from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadinessConfig(AppConfig):
    name = "ekspora.readiness"
    label = "readiness"
    verbose_name = _("Readiness")

    def ready(self) -> None:
        """Put the rules of markets into the navigation, and "ready on paper" into the way of businesses."""
        from ekspora.core import home as core_home
        from ekspora.readiness import home, papers

        papers.register()
        core_home.navigation.register("readiness", home.entries, order=310)
