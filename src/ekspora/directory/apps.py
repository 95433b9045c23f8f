from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "ekspora.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from ekspora.core import home as core_home
        from ekspora.core import topics, trail
        from ekspora.core.services import jobs, outbox
        from ekspora.directory import arrivals_step, bulk_actions, home, privacy, rules
        from ekspora.directory import trail as own_trail
        from ekspora.directory.services import bulk, bulk_work, doubles
        from ekspora.directory.services.importing import comparing, upload, writing

        core_home.navigation.register("directory", home.entries_of, order=300)
        core_home.cards.register("directory", home.cards_of, order=300)
        topics.topics.register("import", home.topic_of)
        topics.topics.register("doubles", home.doubles_topic)
        trail.labels.update(home.LABELS)
        own_trail.register()
        privacy.register()
        arrivals_step.register()
        jobs.kinds.register(writing.KIND, writing.run)
        jobs.titles[writing.KIND] = _("Importing the register")
        jobs.kinds.register(comparing.KIND, upload.run_comparison)
        jobs.titles[comparing.KIND] = _("Comparing the register with your list")
        jobs.kinds.register(doubles.KIND, doubles.run)
        jobs.titles[doubles.KIND] = _("Looking for doubles")
        bulk_actions.register()
        jobs.kinds.register(bulk.KIND, bulk_work.run)
        jobs.titles[bulk.KIND] = _("Working through the selection")
        topics.topics.register("bulk", home.bulk_topic)
        rules.within.register("business", bulk_actions.reachable_scope)
        outbox.labels[bulk_actions.ASK] = _("request to complete a record")
