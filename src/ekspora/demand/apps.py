from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    name = "ekspora.demand"
    label = "demand"
    verbose_name = _("Demand")

    def ready(self) -> None:
        """Put this room's part on the home page and into the navigation."""
        from ekspora.core import home as core_home
        from ekspora.core import trail
        from ekspora.demand import encounter_step, home, market_step, privacy
        from ekspora.demand.trail import DETAILS, LABELS, READERS, RECORDS

        core_home.cards.register("demand", home.cards, order=60)
        core_home.navigation.register("demand", home.entries, order=60)
        trail.labels |= LABELS
        trail.records |= RECORDS
        trail.details |= DETAILS
        trail.readers |= READERS
        privacy.register()
        encounter_step.register()
        market_step.register()
