"""Wishes, and what the officers make of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.programmes.models import Activity, Participation


class Wish(models.Model):
    """One side marks the other: must, would like, or no. A "no" is for the officers' eyes only."""

    class Mark(models.TextChoices):
        MUST = "must", _("must meet")
        LIKE = "like", _("would like")
        NO = "no", _("no")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="wishes")
    chooser = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wishes")
    chosen = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wished_by")
    mark = models.CharField(max_length=4, choices=Mark)
    marked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    marked_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=["activity", "mark"]),)
        constraints = (
            models.UniqueConstraint(fields=["chooser", "chosen"], name="wish_is_unique"),
            models.CheckConstraint(
                condition=~models.Q(chooser=models.F("chosen")), name="nobody_wishes_oneself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.chooser_id} {self.mark} {self.chosen_id}"


class MeetingRequest(models.Model):
    """What an officer decided about a pair, on top of both sides' wishes: weight, must, a fixed slot."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="requests")
    maker = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_as_maker")
    guest = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_as_guest")
    # Empty: the weight follows from the wishes.
    weight = models.PositiveSmallIntegerField(_("weight"), null=True, blank=True)
    required = models.BooleanField(_("must take place"), default=False)
    fixed_at = models.DateTimeField(_("only at"), null=True, blank=True)
    excluded = models.BooleanField(_("not to be scheduled"), default=False)
    note = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["maker", "guest"], name="one_decision_for_each_pair"),
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__gte=1), name="weight_at_least_one"
            ),
            models.CheckConstraint(
                condition=~models.Q(required=True, excluded=True), name="not_required_and_excluded"
            ),
        )

    def __str__(self) -> str:
        return f"{self.maker_id} × {self.guest_id}"
