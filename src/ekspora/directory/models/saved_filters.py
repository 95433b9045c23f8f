"""What officers narrow the list of businesses to again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person


class SavedFilter(models.Model):
    """A filter of the list under a name: of one officer, or shared by all officers of an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="saved_filters")
    # Who saved it; they alone see it while it is not shared.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name of the filter"), max_length=80)
    is_shared = models.BooleanField(_("for the whole agency"), default=False)
    # As the address of the list has it; only what the form knows.
    query = models.TextField()
    saved_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_filter_has_name"),
            models.CheckConstraint(condition=~models.Q(query=""), name="saved_filter_narrows"),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=models.Q(is_shared=True), name="shared_filter_name_once",
                violation_error_message=_("Your agency has a filter of this name already."),
            ),
            models.UniqueConstraint(
                fields=["person", "agency", "name"], condition=models.Q(is_shared=False),
                name="own_filter_name_once",
                violation_error_message=_("You have a filter of this name already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name
