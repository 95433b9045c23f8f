"""Who is invited to an activity and comes, the taps at its door, and what they say of it afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.directory.models import Business, Representative
from ekspora.programmes.models.activities import Activity


class Participation(models.Model):
    """A business or a representative in an activity: planned, invited, answered, replaced, walked in."""

    class Side(models.TextChoices):
        MAKER = "maker", _("maker")
        GUEST = "guest", _("guest")

    class Answer(models.TextChoices):
        PLANNED = "planned", _("planned")
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    class Came(models.TextChoices):
        CAME = "came", _("came")
        LATE = "late", _("came late")
        SUBSTITUTE = "substitute", _("substitute came")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations")
    side = models.CharField(max_length=6, choices=Side)
    business = models.ForeignKey(
        Business, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    representative = models.ForeignKey(
        Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    # Who comes: for a business its owner or somebody else of it; a substitute for either side.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="participations"
    )
    substitute = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="substitutions"
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.PLANNED)
    answer_note = models.CharField(_("note with the answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    # Partial attendance; empty means the whole activity.
    arrives_at = models.DateTimeField(_("arrives at"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("leaves at"), null=True, blank=True)
    is_walk_in = models.BooleanField(_("walked in"), default=False)
    is_featured = models.BooleanField(_("promoted beside the small ones"), default=False)
    most_meetings = models.PositiveSmallIntegerField(_("most meetings"), null=True, blank=True)
    table = models.PositiveSmallIntegerField(_("stays at table"), null=True, blank=True)
    # On the day; written by check-in only.
    came = models.CharField(_("came"), max_length=10, choices=Came, blank=True)
    came_at = models.DateTimeField(_("came at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["activity", "side", "answer"]),)
        constraints = (
            models.UniqueConstraint(fields=["activity", "business"], name="business_takes_part_once"),
            models.UniqueConstraint(
                fields=["activity", "representative"], name="representative_takes_part_once"
            ),
            models.CheckConstraint(
                condition=models.Q(side="maker", business__isnull=False, representative__isnull=True)
                | models.Q(side="guest", business__isnull=True, representative__isnull=False),
                name="maker_is_business_guest_is_representative",
            ),
            models.CheckConstraint(
                condition=models.Q(arrives_at__isnull=True)
                | models.Q(leaves_at__isnull=True)
                | models.Q(leaves_at__gt=models.F("arrives_at")),
                name="leaves_after_arriving",
            ),
            models.CheckConstraint(
                condition=models.Q(came="", came_at__isnull=True, left_at__isnull=True)
                | models.Q(~models.Q(came=""), came_at__isnull=False),
                name="leaves_only_after_coming",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How lists name this side: the business, or the mission of the representative."""
        if self.business is not None:
            return self.business.name
        assert self.representative is not None  # by constraint
        return self.representative.mission.name

    @property
    def is_there(self) -> bool:
        """Whether they were checked in and have not left."""
        return self.came_at is not None and self.left_at is None

    @property
    def attendee(self) -> Person | None:
        """Who comes: the substitute if one was named, else the invited person."""
        if self.substitute is not None:
            return self.substitute
        return self.representative.person if self.representative is not None else self.person


class AttendanceMark(models.Model):
    """One tap at the door: who checked in whom and when. Never changed; undoing is a tap of its own."""

    class Kind(models.TextChoices):
        CAME = "came", _("came")
        LATE = "late", _("came late")
        SUBSTITUTE = "substitute", _("substitute came")
        LEFT = "left", _("left early")
        UNDO = "undo", _("undone")

    # Made on the phone: the same tap sent again is known by it.
    key = models.UUIDField(unique=True)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind)
    marked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # Marks count in the order in which they arrive; what the phone's clock said is a note, it may be wrong.
    arrived_at = models.DateTimeField(default=now)
    said_at = models.DateTimeField(null=True, blank=True)
    # What the person had answered before they stood at the door without having accepted.
    answer_before = models.CharField(max_length=10, choices=Participation.Answer, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.participation_id} {self.kind}"


class Feedback(models.Model):
    """How content one participant was with an activity, in their own words; the last answer counts."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="feedback")
    # 1 (not at all) to 5 (very).
    score = models.PositiveSmallIntegerField(_("how content"))
    words = models.CharField(_("what we should keep or change"), max_length=500, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="score_from_one_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.score}"
