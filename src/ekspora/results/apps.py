from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    name = "ekspora.results"
    label = "results"
    verbose_name = _("Results")

    def ready(self) -> None:
        """Fill the registries of the rooms to the left."""
        from ekspora.core import trail
        from ekspora.results import privacy, report_step
        from ekspora.results.trail import DETAILS, LABELS, READERS, RECORDS

        report_step.register()
        privacy.register()
        trail.labels |= LABELS
        trail.records |= RECORDS
        trail.details |= DETAILS
        trail.readers |= READERS
