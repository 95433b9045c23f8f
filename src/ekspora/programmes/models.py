"""Programmes and their activities: who organises, when what happens, who is invited and comes."""

from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.models import Business, Representative


def validate_zone(value: str) -> None:
    """Refuse anything that is not an IANA zone."""
    if value not in available_timezones():
        raise ValidationError(_("Unknown time zone."))


def in_language(indonesian: str, english: str) -> str:
    """The text in the reader's language; the Indonesian one where no English was written."""
    return english if english and get_language() == "en" else indonesian


class Programme(models.Model):
    """What an agency plans for a year or more; activities belong to it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class Activity(models.Model):
    """One event in one place: here a promotion with one-on-one meetings."""

    class Kind(models.TextChoices):
        MATCHING = "matching", _("business matching")
        FAIR = "fair", _("fair")
        TRAINING = "training", _("training")
        MEETING = "meeting", _("working-group meeting")

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="activities"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MATCHING)
    name = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about = models.TextField(_("purpose, in Indonesian"), blank=True)
    about_en = models.TextField(_("purpose, in English"), blank=True)
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country (ISO code)"), max_length=2, default="ID")
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta", validators=[validate_zone])
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    slot_minutes = models.PositiveSmallIntegerField(_("minutes of a meeting"), default=20)
    pause_minutes = models.PositiveSmallIntegerField(_("minutes between meetings"), default=5)
    tables = models.PositiveSmallIntegerField(_("tables"), default=10, validators=[MinValueValidator(1)])
    fairness = models.PositiveSmallIntegerField(
        _("most difference of idle gaps between two people"), null=True, blank=True
    )
    wishes_until = models.DateTimeField(_("wishes can be sent until"), null=True, blank=True)
    letter_number = models.CharField(_("number of the invitation letter"), max_length=60, blank=True)
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    signatory = models.CharField(_("who signs the letter"), max_length=160, blank=True)
    signatory_position = models.CharField(_("position of who signs"), max_length=160, blank=True)
    created_at = models.DateTimeField(default=now)
    organisers = models.ManyToManyField(Agency, through="Organiser", related_name="activities")

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name_plural = "activities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="activity_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(slot_minutes__gte=5), name="slot_of_five_minutes"),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def purpose(self) -> str:
        """What it is for, in the reader's language."""
        return in_language(self.about, self.about_en)

    @property
    def lead(self) -> Agency:
        """The agency that leads; costs no query when ``organiser_rows`` is prefetched."""
        return next(row.agency for row in self.organiser_rows.all() if row.role == Organiser.Role.LEAD)

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the place; every time of the activity is shown in it."""
        return ZoneInfo(self.zone)

    @property
    def scope(self) -> str:
        """The name under which links, messages and jobs refer to this activity."""
        return f"activity:{self.pk}"


class Organiser(models.Model):
    """An agency takes part in running an activity, in one role."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead")
        CO = "co", _("co-organiser")
        HOST = "host", _("host")
        SPONSOR = "sponsor", _("sponsor")
        SUPPORT = "support", _("supporter")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="organiser_rows")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="organiser_rows")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["activity", "agency"], name="organiser_is_unique"),
            models.UniqueConstraint(
                fields=["activity"], condition=models.Q(role="lead"), name="one_lead_for_each_activity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency.short_name} ({self.role})"

    @property
    def agency_name(self) -> str:
        """The agency's name in the reader's language."""
        return in_language(self.agency.name, self.agency.name_en)


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


class AgendaItem(models.Model):
    """A part of the day. Meeting blocks give the slots; presentations and visits bind those who attend."""

    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("presentation")
        MEETINGS = "meetings", _("one-on-one meetings")
        VISIT = "visit", _("site visit")
        BREAK = "break", _("break")

    class Audience(models.TextChoices):
        ALL = "all", _("everybody")
        GUESTS = "guests", _("all guests")
        MAKERS = "makers", _("all makers")
        NAMED = "named", _("only those named")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="agenda")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title in Indonesian"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    # Whom a presentation or visit keeps from meetings; meeting blocks are for all.
    audience = models.CharField(_("for"), max_length=8, choices=Audience, default=Audience.ALL)
    attendees = models.ManyToManyField(Participation, blank=True, related_name="agenda")

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="agenda_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return self.ends_at - self.starts_at

    @property
    def attendee_ids(self) -> frozenset[int]:
        """Ids of the participations it binds by name; costs no query when ``attendees`` is prefetched."""
        return frozenset(who.pk for who in self.attendees.all())


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
