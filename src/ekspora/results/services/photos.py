"""Photos of an activity for its report: made safe when they come in, gone with their file when taken out."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.files import clean_photo, forget
from ekspora.core.services import audit
from ekspora.programmes.models import Activity
from ekspora.programmes.services.activities import acting_agency
from ekspora.results.models import ReportPhoto

MOST = 40


@transaction.atomic
def add(*, activity: Activity, data: bytes, caption: str, actor: Actor) -> ReportPhoto:
    """Add a JPEG, PNG or WebP with what it shows; the same picture again is the one that is there.

    Raises DomainError for a file that is no photo, without words, and beyond forty photos.
    """
    if not caption.strip():
        raise DomainError(_("Say what the photo shows."))
    photo = clean_photo(data)
    Activity.objects.select_for_update().get(pk=activity.pk)
    known = activity.report_photos.filter(digest=photo.name).first()
    if known is not None:
        return known
    if activity.report_photos.count() >= MOST:
        raise DomainError(_("A report has at most %(n)d photos. Take one out first.") % {"n": MOST})
    row = ReportPhoto(
        activity=activity, caption=caption.strip(), digest=photo.name, added_by=actor.person, added_at=now()
    )
    row.photo.save(photo.name, photo.content, save=False)
    row.save()
    audit.record(
        agency=acting_agency(actor, activity), actor=actor.person, action="report_photo.add", target=row,
        details={"caption": row.caption},
    )  # fmt: skip
    return row


@transaction.atomic
def remove(*, photo: ReportPhoto, actor: Actor) -> None:
    """Take a photo out; its file goes once that is certain. One that is gone already changes nothing."""
    for row in ReportPhoto.objects.select_for_update(of=("self",)).filter(pk=photo.pk):
        audit.record(
            agency=acting_agency(actor, row.activity), actor=actor.person, action="report_photo.remove",
            target=row, details={"caption": row.caption},
        )  # fmt: skip
        forget(row.photo)
        row.delete()
