"""Who said a fact of a business or its products, and who looked whether it is so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.directory.models.businesses import Business
from ekspora.directory.models.imports import Import
from ekspora.directory.models.products import Product


class Statement(models.Model):
    """Somebody stated a field. Statements are only added: the last of a field counts, so a new value is unverified
    again, and undoing an import brings the statement before it back.

    An empty ``field`` speaks of everything in the record that has no statement of its own: a row of a register, or
    a form of thirty fields, is one statement. A row that belongs to a business (an export, a certificate) is the
    field ``exports:12``.
    """

    class Source(models.TextChoices):
        OWNER = "owner", _("owner")
        COMPANION = "companion", _("companion")
        OFFICER = "officer", _("officer")
        IMPORT = "import", _("imported list")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="statements")
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="statements"
    )
    field = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    stated_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stated_at = models.DateTimeField(default=now)
    origin = models.ForeignKey(Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    row = models.PositiveIntegerField(null=True, blank=True)
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(_("how it was checked"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=["business"], name="checked_facts", condition=models.Q(verified_at__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True) | ~models.Q(how=""),
                name="verified_statement_says_how",
            ),
            models.CheckConstraint(
                condition=~models.Q(source="import") | models.Q(row__isnull=False),
                name="imported_statement_has_row",
            ),
        )

    def __str__(self) -> str:
        return f"{self.business_id}.{self.product_id or ''}.{self.field}: {self.source}"
