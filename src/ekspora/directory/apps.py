from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "ekspora.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from ekspora.core import home as core_home
        from ekspora.core import topics, trail
        from ekspora.core.services import jobs
        from ekspora.directory import home, privacy
        from ekspora.directory.services import doubles
        from ekspora.directory.services.importing import comparing, upload, writing

        core_home.navigation.register("directory", home.entries_of, order=300)
        core_home.cards.register("directory", home.cards_of, order=300)
        topics.topics.register("import", home.topic_of)
        topics.topics.register("doubles", home.doubles_topic)
        trail.labels.update(home.LABELS)
        privacy.register()
        jobs.kinds.register(writing.KIND, writing.run)
        jobs.titles[writing.KIND] = _("Importing the register")
        jobs.kinds.register(comparing.KIND, upload.run_comparison)
        jobs.titles[comparing.KIND] = _("Comparing the register with your list")
        jobs.kinds.register(doubles.KIND, doubles.run)
        jobs.titles[doubles.KIND] = _("Looking for doubles")
