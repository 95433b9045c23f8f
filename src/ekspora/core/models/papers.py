"""Files that may name somebody who was erased: nobody can search a scan, so an officer looks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models.people import Agency, Person


class Paper(models.Model):
    """A file that was kept with a record about an erased person, until an officer has looked at it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="papers")
    # Which file: a name in ``privacy.papers`` and the record that holds it.
    kind = models.CharField(max_length=60)
    target_id = models.PositiveBigIntegerField()
    # Its name in the store: another file that has taken its place since is another matter. Empty where it was noted
    # before names were kept.
    file = models.CharField(max_length=255, blank=True, default="")
    # What it is, without saying about whom.
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    noted_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    is_removed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("file to be looked at")
        verbose_name_plural = _("files to be looked at")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "target_id"], condition=models.Q(decided_at=None), name="paper_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None) ^ models.Q(is_removed__isnull=False),
                name="decided_paper_says_what",
            ),
        )

    def __str__(self) -> str:
        return self.label
