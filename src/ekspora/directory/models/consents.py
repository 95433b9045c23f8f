"""That somebody agreed, so that it can be proven for as long as it matters (UU 27/2022, art. 20-24)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.directory.models.businesses import Business


class Consent(models.Model):
    """An owner agreed: to which words, in which version, on which day and how, who noted it, and when it was taken
    back. It stays when who noted it is erased, and without a name when its owner is."""

    class Purpose(models.TextChoices):
        RECORD = "record", _("the record is kept")
        COMPANION = "companion", _("a companion acts for the business")

    class Role(models.TextChoices):
        OWNER = "owner", _("the owner")
        COMPANION = "companion", _("the companion")
        OFFICER = "officer", _("an officer")

    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.RECORD)
    # Who agreed; nobody where an officer notes it for a business without an owner.
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="consents")
    # Empty for a claim that fits nothing, and once the record is gone.
    business = models.ForeignKey(Business, null=True, on_delete=models.SET_NULL, related_name="consents")
    # Whom it lets act for the business, besides the owner.
    companion = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    wording = models.TextField(_("agreed to in these words"))
    version = models.CharField(_("version of the words"), max_length=20)
    how = models.CharField(_("how it was given"), max_length=200)
    given_on = models.DateField(_("given on"))
    paper = models.FileField(_("letter of consent"), upload_to="consents/", blank=True)
    recorded_at = models.DateTimeField(default=now)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_as = models.CharField(max_length=10, choices=Role)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(wording="") & ~models.Q(version="") & ~models.Q(how=""),
                name="consent_is_proven",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.purpose} {self.business_id}"
