from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "ekspora.programmes"
    label = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        """Fill the registries of core and directory, and this room's own."""
        from ekspora.core import trail
        from ekspora.directory.rules import viewers, within
        from ekspora.directory.services import bulk as bulk_actions
        from ekspora.directory.services.importing.hooks import after_write, before_undo
        from ekspora.directory.services.merging import obstacles
        from ekspora.programmes import bulk, home, privacy, steps, tabs
        from ekspora.programmes.queries.audience import both_take_part, businesses_of, sees
        from ekspora.programmes.services.participants import enrol_imported, release_imported
        from ekspora.programmes.trail import DETAILS, LABELS, READERS, RECORDS

        tabs.register()
        steps.register()
        home.register()
        privacy.register()
        trail.labels |= LABELS
        trail.records |= RECORDS
        trail.details |= DETAILS
        trail.readers |= READERS
        obstacles.register("activity", both_take_part)
        viewers.register("activity", sees)
        within.register("activity", businesses_of)
        after_write.register("activity", enrol_imported)
        before_undo.register("activity", release_imported)
        bulk_actions.actions.register("activity", bulk.action, order=5)
        bulk_actions.works_with.register("activity", bulk.has_planned)
