"""Foreign missions and the people who represent them. Missions move: residence may be unknown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Agency, Person


class Mission(models.Model):
    """A foreign mission: the country it represents and where it sits (empty: not known)."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    country = models.CharField(_("country represented (ISO code)"), max_length=2)
    residence_country = models.CharField(_("residence, country (ISO code)"), max_length=2, blank=True)
    residence_city = models.CharField(_("residence, city"), max_length=80, blank=True)
    # What the source says about a residence that is not known exactly, e.g. "Malaysia or Singapore".
    residence_note = models.CharField(_("note on the residence"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """A person of a foreign mission: a bridge to its country, not the counterparty of a deal."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="representative")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="representatives")
    function = models.CharField(_("function"), max_length=120, blank=True)
    # Sector codes and free words of what the mission looks for.
    sectors: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("sectors of interest"), default=list, blank=True
    )
    interests = models.CharField(_("products of interest"), max_length=300, blank=True)
    # Order of precedence at the door and in lists; 0 means by name.
    precedence = models.PositiveSmallIntegerField(_("order of precedence"), default=0)
    listed_by = models.ManyToManyField(Agency, related_name="representatives")

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ("precedence", "person__name")

    def __str__(self) -> str:
        return f"{self.person} ({self.mission.country})"
