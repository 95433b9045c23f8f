from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "ekspora.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from ekspora.core import erasure_step, home, privacy, queries, trail, trail_details
        from ekspora.core.services import jobs, outbox, retention, sign_in

        jobs.kinds.register(outbox.SEND, outbox.send_released_emails)
        jobs.titles[outbox.SEND] = _("Sending email")
        privacy.held.register("core", queries.held_about, order=0)
        privacy.expired.register("core", retention.expire)
        home.cards.register("erasure", erasure_step.cards, order=5)
        home.navigation.register("trail", trail.entries_of, order=900)
        trail.readers |= trail_details.READERS | dict.fromkeys(
            ("outbox.kind", "outbox.kinds"), outbox.labels.get
        )
        authenticator_added.connect(sign_in.note_second_factor)
        authenticator_removed.connect(sign_in.note_second_factor)
        post_migrate.connect(_make_cache_table, sender=self)


def _make_cache_table(**options: object) -> None:
    """The shared cache of several web processes is a table; nothing happens where the cache needs none."""
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
