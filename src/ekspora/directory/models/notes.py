"""What one agency notes about a business for itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.models.businesses import Business


class Note(models.Model):
    """A note of an agency. Other agencies and the owner's pages never show it; the owner gets it with their data."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="notes")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="business_notes")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    is_pinned = models.BooleanField(_("keep on top"), default=False)
    written_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-is_pinned", "-written_at", "-id")
        indexes = (models.Index(fields=["agency", "business"]),)
        constraints = (models.CheckConstraint(condition=~models.Q(text=""), name="note_says_something"),)

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.business_id}"
