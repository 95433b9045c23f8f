from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "ekspora.programmes"
    label = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        """Fill the registries of core and directory, and this room's own."""
        from ekspora.directory.services.importing.hooks import after_write, before_undo
        from ekspora.programmes import door, home, steps, tabs
        from ekspora.programmes.services.participants import enrol_imported, release_imported

        tabs.register()
        steps.register()
        home.register()
        door.register()
        after_write.register("activity", enrol_imported)
        before_undo.register("activity", release_imported)
