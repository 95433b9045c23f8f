"""How this room forgets a person: minutes and captions that name them, photos that may show them.

A report is about an activity and not about the person, so a text is blotted only where it names them without doubt.
Whoever signed it stays: that is part of an official document, as with letters.
"""

from collections.abc import Iterable

from django.urls import reverse

from ekspora.core import privacy
from ekspora.core.models import Person
from ekspora.results.models import Report, ReportPhoto

_TEXTS = ((Report, ("minutes",)), (ReportPhoto, ("caption",)))


def erase(person: Person) -> None:
    """The person is blotted out of the words of reports."""
    marks = privacy.marks_of(person, is_theirs=False)
    for model, columns in _TEXTS:
        for column in columns:
            for row in model._default_manager.filter(marks.may_be_in(column)):
                text = marks.blotted_where(getattr(row, column), is_theirs=False)
                model._default_manager.filter(pk=row.pk).update(**{column: text})


def photos_of(person: Person) -> Iterable[privacy.Kept]:
    """Photos whose caption names the person: they may show them."""
    marks = privacy.marks_of(person, is_theirs=False)
    photos = ReportPhoto.objects.filter(marks.may_be_in("caption"))
    for photo in photos.select_related("activity__programme__agency"):
        if marks.are_in(photo.caption):
            agency, url = photo.activity.programme.agency, reverse("report_photo", args=[photo.pk])
            yield privacy.Kept(photo.pk, agency, str(photo.activity), url)


def register() -> None:
    """Fill core's registries."""
    privacy.erasers.register("results", erase, order=3)
    privacy.papers.register(
        "photos", lambda: privacy.PaperKind(ReportPhoto, "photo", photos_of, is_whole=True)
    )
