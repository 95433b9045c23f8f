from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DealsConfig(AppConfig):
    name = "ekspora.deals"
    label = "deals"
    verbose_name = _("Deals")

    def ready(self) -> None:
        """Fill the registries of the rooms to the left."""
        from ekspora.deals import deals_step, questions_step

        deals_step.register()
        questions_step.register()
