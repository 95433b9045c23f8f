"""What the report of an activity needs beyond what is counted: figures others reported, minutes, photos."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.core.pictures import Picture
from ekspora.programmes.models import Activity, in_language


class ReportedFigure(models.Model):
    """A figure somebody published, as they worded it. Shown beside counted ones, never added to them."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reported_figures")
    label = models.CharField(_("what it tells, in Indonesian"), max_length=160)
    label_en = models.CharField(_("what it tells, in English"), max_length=160, blank=True)
    # "a little over 40", "more than Rp 61 billion": kept as it was written.
    wording = models.CharField(_("as it was written"), max_length=160)
    source = models.CharField(_("source"), max_length=200)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    # Which counted figure it stands beside (a code of results/figures.py); empty when it stands alone.
    beside = models.CharField(_("stands beside"), max_length=40, blank=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(source="") & ~models.Q(wording=""), name="reported_figure_has_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.wording}"

    @property
    def name(self) -> str:
        """What it tells, in the reader's language."""
        return in_language(self.label, self.label_en)


class Report(models.Model):
    """The report of one activity: its number, its minutes and who signs. Figures are computed, not kept."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="report")
    number = models.CharField(_("number of the report"), max_length=60, blank=True)
    dated = models.DateField(_("date of the report"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    signatory = models.CharField(_("who signs"), max_length=160, blank=True)
    signatory_position = models.CharField(_("position of who signs"), max_length=160, blank=True)
    signatory_number = models.CharField(_("staff number (NIP)"), max_length=30, blank=True)
    # When the paper was signed; what is counted goes on counting after it.
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.number or f"report {self.activity_id}"


class ReportPhoto(models.Model):
    """A photo of the activity for its report."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="report_photos")
    photo = models.ImageField(_("photo"), upload_to="reports/")
    # The content's digest: the same picture sent twice is one.
    digest = models.CharField(max_length=40, editable=False, default="")
    # Read aloud to whoever does not see the photo, and printed below it.
    caption = models.CharField(_("what it shows"), max_length=160)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.caption

    @property
    def picture(self) -> Picture:
        """How pages show it."""
        return Picture(reverse("report_photo", args=[self.pk]), self.caption)
