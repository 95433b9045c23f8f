"""The audit trail: append-only, one chain of digests for each agency."""

from typing import Any

from django.db import models

from ekspora.core.clock import now
from ekspora.core.models.people import Agency


class AuditEntry(models.Model):
    """Who did what to which record, when and why.

    ``digest`` chains ``previous`` with the entry's facts and with ``sealed``, the salted digest of
    ``details``. Erasing a person blanks ``details`` and ``salt``: the chain still verifies, the
    personal values are gone and cannot be guessed back.
    """

    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    # 0 stands for "no agency", so that the unique constraint also covers that chain.
    chain = models.BigIntegerField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=now)
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    details: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    sealed = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="audit_number_is_unique"),)
        indexes = (models.Index(fields=["target_type", "target_id"]),)

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.action}"
