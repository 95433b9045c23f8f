"""Photos of a product: added, described, put in order, taken out."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core import files
from ekspora.core.errors import DomainError
from ekspora.core.files import clean_photo
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.directory.models import Photo, Product
from ekspora.directory.services import statements
from ekspora.directory.services.businesses import keeper_of

MOST = 8


@transaction.atomic
def add(*, product: Product, data: bytes, alt: str = "", actor: Person | None) -> Photo:
    """Add a JPEG, PNG or WebP behind the photos there are. Raises DomainError for what is no photo, and beyond
    ``MOST``."""
    product = Product.objects.select_for_update(of=("self",)).select_related("business").get(pk=product.pk)
    known = list(product.photos.all())
    if len(known) >= MOST:
        raise DomainError(_("A product shows at most %(most)s photos. Take one out first.") % {"most": MOST})
    cleaned = clean_photo(data)
    photo = Photo(product=product, alt=alt[:160], position=max((p.position for p in known), default=-1) + 1)
    photo.file.save(cleaned.name, cleaned.content, save=False)
    photo.save()
    _record(product, actor, "photo")
    return photo


@transaction.atomic
def cover(*, product: Product, data: bytes, actor: Person | None) -> Photo:
    """Let a photo stand for the product; the one that did before goes."""
    old = product.photos.first()
    return add(product=product, data=data, actor=actor) if old is None else _replaced(old, data, actor)


def _replaced(photo: Photo, data: bytes, actor: Person | None) -> Photo:
    cleaned = clean_photo(data)
    files.forget(photo.file)
    photo.file.save(cleaned.name, cleaned.content, save=True)
    _record(photo.product, actor, "photo")
    return photo


@transaction.atomic
def describe(*, photo: Photo, alt: str, actor: Person | None) -> None:
    """Say what a photo shows."""
    photo.alt = alt.strip()[:160]
    photo.save(update_fields=["alt"])
    _record(photo.product, actor, "alt")


@transaction.atomic
def put_first(*, photo: Photo, actor: Person | None) -> None:
    """Let a photo stand for its product; the others keep their order behind it."""
    others = list(photo.product.photos.exclude(pk=photo.pk))
    for position, one in enumerate([photo, *others]):
        Photo.objects.filter(pk=one.pk).update(position=position)
    _record(photo.product, actor, "order")


@transaction.atomic
def remove(*, photo: Photo, actor: Person | None) -> None:
    """Take a photo out; its file goes once that is certain."""
    product = photo.product
    files.forget(photo.file)
    photo.delete()
    _record(product, actor, "photo")


def forget_files(product: Product) -> None:
    """The files of a product that is about to go."""
    for photo in product.photos.all():
        files.forget(photo.file)


def _record(product: Product, actor: Person | None, what: str) -> None:
    statements.note(product.business, ["photos"], actor, product=product)
    audit.record(
        agency=keeper_of(product.business),
        actor=actor,
        action="product.edit",
        target=product,
        details={what: []},
    )
