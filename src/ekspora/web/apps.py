from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "ekspora.web"
    label = "web"
    verbose_name = _("Home pages")

    def ready(self) -> None:
        from ekspora.core import home
        from ekspora.web.navigation import entries_of

        home.navigation.register("home", entries_of, order=0)
