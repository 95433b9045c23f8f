"""Six months on: has anything come of it? Asked by link, three times at most."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.demand.models import Encounter, Side
from ekspora.programmes.models import Participation

MOST_TIMES = 3


class LaterQuestion(models.Model):
    """One participant was asked once more. The number of the asking is part of the key: there is no fourth."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="later_questions")
    number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=now)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("participation", "number")
        constraints = (
            models.UniqueConstraint(fields=["participation", "number"], name="asked_once_for_each_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_TIMES), name="asked_three_times_at_most"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id} #{self.number}"


class LaterAnswer(models.Model):
    """What one side says has come of an encounter. Reported: it counts when a deal's step shows evidence."""

    class Stage(models.TextChoices):
        NOTHING = "nothing", _("nothing so far")
        TALKING = "talking", _("still talking")
        SAMPLE = "sample", _("samples were sent")
        ORDER = "order", _("an order was placed")
        SHIPPED = "shipped", _("goods were shipped")
        PAID = "paid", _("it was paid")

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="later_answers")
    side = models.CharField(max_length=6, choices=Side)
    stage = models.CharField(_("what has come of it"), max_length=8, choices=Stage)
    # As they say it; a buyer is named here, an officer makes a deal of it.
    buyer = models.CharField(_("who buys"), max_length=160, blank=True)
    amount = models.DecimalField(_("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    said_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(default=now)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["encounter", "side"],
                condition=models.Q(is_current=True),
                name="one_current_later_answer_of_a_side",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | (models.Q(amount__gt=0) & ~models.Q(currency="")),
                name="reported_value_has_currency",
            ),
        )

    def __str__(self) -> str:
        return f"{self.encounter_id} {self.side}: {self.stage}"
