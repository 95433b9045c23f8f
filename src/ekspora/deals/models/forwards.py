"""What a representative passes on: the makers chosen, and the one open address of the public page."""

from django.db import models

from ekspora.core.models import AccessLink
from ekspora.directory.models import Business
from ekspora.programmes.models import Participation


class Forward(models.Model):
    """The report that one representative passes on. One row each: so never two addresses are open."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="forward")
    # Empty once it was withdrawn, or when the person behind the link was erased.
    link = models.OneToOneField(AccessLink, null=True, on_delete=models.SET_NULL, related_name="forward")
    businesses = models.ManyToManyField(Business, through="ForwardedMaker", related_name="forwarded_by")

    def __str__(self) -> str:
        return f"{self.participation_id}"


class ForwardedMaker(models.Model):
    """One maker chosen; a row of its own, so that it follows when two records of a business are made one."""

    forward = models.ForeignKey(Forward, on_delete=models.CASCADE, related_name="makers")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="forwards")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["forward", "business"], name="maker_is_passed_on_once"),
        )

    def __str__(self) -> str:
        return f"{self.forward_id}: {self.business_id}"
