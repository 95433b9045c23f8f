from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DealsConfig(AppConfig):
    name = "ekspora.deals"
    label = "deals"
    verbose_name = _("Deals")

    def ready(self) -> None:
        """Fill the registries of the rooms to the left."""
        from ekspora.core import trail
        from ekspora.deals import commitments_step, deals_step, evening_step, privacy, questions_step
        from ekspora.deals.trail import DETAILS, LABELS, READERS, RECORDS

        trail.labels |= LABELS
        trail.records |= RECORDS
        trail.details |= DETAILS
        trail.readers |= READERS
        commitments_step.register()
        deals_step.register()
        evening_step.register()
        questions_step.register()
        privacy.register()
