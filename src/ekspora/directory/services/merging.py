"""Making two records of one business one, and giving back what was moved.

Every table that points to a business is found through the models, so rooms to the right need not be known; what
cannot be moved because the kept business has the same already stays with the record that goes. Rooms to the right
say through ``obstacles`` where two records must not become one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.recognition import Marks
from ekspora.core.registries import Registry
from ekspora.core.services import audit
from ekspora.directory.models import (
    BulkRow,
    Business,
    Consent,
    Double,
    ImportedRow,
    Listing,
    Merger,
    Registration,
    SearchKey,
    Statement,
    Stewardship,
)
from ekspora.directory.models.keys import refresh
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.services import changes, nibs
from ekspora.directory.services.businesses import keeper_of

obstacles: Registry[Callable[[Business, Business], Iterable[str]]] = Registry("why two businesses stay two")
_OWNER = Stewardship.Role.OWNER
_PLACE = frozenset({
    "country", "province", "regency", "district", "village", "place", "latitude", "longitude",
})  # fmt: skip
# What tells of these two records, is made anew, or is moved by its own rule.
_STAY = (Double, Merger, Statement, SearchKey, BulkRow)
_REACHED = frozenset({"phone", "email"})
# What a record has for itself alone.
_OWN = frozenset({"id", "name", "name_key", "nib", "created_at", "is_fictitious"})


def why_not(one: Business, other: Business) -> Iterator[str]:
    """Everything that stands against making two records one, in words with the remedy."""
    if one.nib and other.nib and one.nib != other.nib:
        yield _("They have different NIB. Correct the wrong one first.")
    keepers = [{listing.agency for listing in business.listings.all()} for business in (one, other)]
    for agency in sorted(keepers[0] ^ keepers[1], key=lambda agency: agency.short_name):
        words = _("%(agency)s keeps only one of the two. Share the other with it first, on its page.")
        yield words % {"agency": agency.short_name}
    for reasons_of in obstacles:
        yield from reasons_of(one, other)


def _why_not_theirs(one: Business, other: Business) -> Iterator[str]:
    """A form makes nobody an owner of a record that somebody else owns, by way of making two one either."""
    for came, known in ((one, other), (other, one)):
        is_by_form = Registration.objects.filter(business=came).exists()
        if not is_by_form or Registration.objects.filter(business=known).exists():
            continue
        theirs, others = ({row.person_id for row in b.stewards.filter(role=_OWNER)} for b in (came, known))
        if others and theirs - others:
            words = _(
                "%(name)s registered itself, and nobody has made sure that its owner owns %(other)s too. Let them say "
                "so under “This business is mine” and decide about it first."
            )
            yield words % {"name": came, "other": known}


@transaction.atomic
def merge(
    *, kept: Business, gone: Business, agency: Agency, actor: Person | None, is_proven: bool = True
) -> Merger:
    """Let ``kept`` take over what ``gone`` has: its place everywhere, its number, and facts that ``kept`` lacks.

    Unless ``is_proven``, whoever acts for ``gone`` does not act for ``kept`` by it, and the numbers it is reached by do
    not become those of ``kept``: a link sent to them would prove nothing.
    Raises DomainError where something stands against it, Conflict when one of them has gone meanwhile.
    """
    locked = Business.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    kept, gone = locked[kept.pk], locked[gone.pk]
    if Merger.objects.filter(gone__in=(kept, gone), undone_at=None).exists():
        raise Conflict(_("Somebody has made these two one meanwhile. You can undo that under Made one."))
    if reasons := [*why_not(kept, gone), *(_why_not_theirs(kept, gone) if is_proven else ())]:
        raise DomainError(" ".join(reasons))
    nib = gone.nib
    Business.objects.filter(pk=gone.pk).update(nib="")
    filled = changes.plain(changes.apply(kept, _lacking(kept, gone, is_proven=is_proven)))
    kept.save()
    _take_words(gone, kept, filled)
    moved = list(_move_all(gone, kept, _STAY if is_proven else (*_STAY, Stewardship, Consent)))
    done = Merger.objects.create(
        kept=kept, gone=gone, agency=agency, moved=moved, filled=filled, nib=nib, merged_by=actor,
        listed=_taken(gone.listings.all(), "agency_id"),
        stewards=_taken(gone.stewards.all(), "person_id", "role", "consent_at", "consent_note"),
    )  # fmt: skip
    refresh([kept.pk, gone.pk])
    _decide(kept, gone, Double.State.MERGED, actor)
    _record("business.merge", done, actor)
    return done


@transaction.atomic
def undo(*, merger: Merger, actor: Person) -> None:
    """Give the other record back what it had; what changed since on the kept one stays as it is now.

    Raises Conflict when the kept record was itself made one with another meanwhile: that is undone first.
    """
    fresh = Merger.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merger.pk)
    if fresh.undone_at is not None:
        return
    if Merger.objects.filter(gone=fresh.kept, undone_at=None).exists():
        raise Conflict(_("%(name)s was made one with another since. Undo that first.") % {"name": fresh.kept})
    for label, pk, column in fresh.moved:
        rows = apps.get_model(label)._base_manager.filter(pk=pk, **{column: fresh.kept_id})
        rows.update(**{column: fresh.gone_id})
    _give_back(fresh)
    refresh([fresh.kept_id, fresh.gone_id])
    fresh.undone_at, fresh.undone_by = now(), actor
    fresh.save(update_fields=["undone_at", "undone_by"])
    _decide(fresh.kept, fresh.gone, Double.State.OPEN, None)
    _record("business.unmerge", fresh, actor)


def _lacking(kept: Business, gone: Business, *, is_proven: bool) -> dict[str, Any]:
    """What the record that goes knows and the kept one does not. A place is taken over whole or not at all."""
    names = [field.name for field in Business._meta.concrete_fields if field.name not in _OWN]
    if not is_proven:
        names = [name for name in names if name not in _REACHED]
    if kept.province or kept.country != gone.country:
        names = [name for name in names if name not in _PLACE]
    empty: tuple[object, ...] = ("", None, [])
    values = {name: getattr(gone, name) for name in names if getattr(kept, name) in empty}
    values |= {"nib": gone.nib} if not kept.nib else {}
    return {name: value for name, value in values.items() if value not in empty}


def _take_words(gone: Business, kept: Business, fields: Iterable[str]) -> None:
    """Who stated a fact that is taken over is still who stated it."""
    told = statements_of(gone)
    for field in fields:
        if (said := told.of(field)) is not None:
            said.pk, said.business, said.field, said._state.adding = None, kept, field, True
            said.save()


def _move_all(gone: Business, kept: Business, staying: tuple[Any, ...]) -> Iterator[tuple[str, int, str]]:
    """Move every row that points to one record to the other; yields those that could be."""
    for relation in Business._meta.related_objects:
        model, column = relation.related_model, relation.field.name
        if model in staying or not isinstance(relation.field, models.ForeignKey):
            continue
        yield from _move(model, column, gone.pk, kept.pk)
    # What was said of a product or a row goes with it; of the record itself only the kept one's word counts.
    label = Statement._meta.label
    said = gone.statements.filter(models.Q(product__isnull=False) | models.Q(field__contains=":"))
    for pk in list(said.values_list("pk", flat=True)):
        Statement.objects.filter(pk=pk).update(business=kept)
        yield label, pk, "business"
    yield from _move(ImportedRow, "target_id", gone.pk, kept.pk, target_type=Business._meta.label_lower)


def _move(model: Any, column: str, source: int, target: int, **only: str) -> Iterator[tuple[str, int, str]]:
    rows = model._base_manager.filter(**{column: source}, **only)
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows.filter(pk=pk).update(**{column: target})
        except IntegrityError:
            continue  # the kept business has the same already
        yield model._meta.label, pk, column


def _taken(rows: "models.QuerySet[Any]", *columns: str) -> list[dict[str, Any]]:
    """Values of rows that both had, and which go: the record must be on nobody's list and nobody's own."""
    values = [{name: _plain(value) for name, value in row.items()} for row in rows.values(*columns)]
    rows.delete()
    return values


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def give_companions(*, business: Business, owner: Person) -> None:
    """With an owner whose own record of the business was made one with it come the companions they agreed to there."""
    for merger in Merger.objects.filter(kept=business, undone_at=None).exclude(stewards=[]):
        if any(row["person_id"] == owner.pk and row["role"] == _OWNER for row in merger.stewards):
            for row in merger.stewards:
                if row["role"] != _OWNER and _is_agreed(merger.gone_id, row):
                    Stewardship.objects.get_or_create(
                        business=business, person_id=row["person_id"], defaults=row
                    )
            # So that taking it back ends what the companion does here.
            Consent.objects.filter(business=merger.gone_id, person=owner).update(business=business)


def _is_agreed(business: int, row: dict[str, Any]) -> bool:
    """Whether who acted for a record may do so again: a companion not once every consent to them was taken back."""
    noted = Consent.objects.filter(business=business, companion=row["person_id"])
    return row["role"] == _OWNER or not noted.exists() or noted.filter(withdrawn_at=None).exists()


def gone_of(person: Person, businesses: Iterable[int]) -> set[int]:
    """Records that were made one with these businesses, or for which the person acted when they were made one."""
    of_them = {
        pk for pk, stewards in Merger.objects.exclude(stewards=[]).values_list("gone", "stewards")
        if any(row["person_id"] == person.pk for row in stewards)
    }  # fmt: skip
    found, into = set[int](), {*businesses, *of_them}
    while into:
        found |= into
        into = (
            set(Merger.objects.filter(kept__in=into, undone_at=None).values_list("gone", flat=True)) - found
        )
    return found.difference(businesses)


def forget(person: Person, marks: Marks, businesses: Collection[int]) -> None:
    """Mergers no longer tell for whom the person acted, nor what undoing would put back of them; for erasing them."""
    for merger in Merger.objects.filter(models.Q(gone__in=businesses) | models.Q(kept__in=businesses)):
        left = [row for row in merger.stewards if row["person_id"] != person.pk]
        filled = {name: values for name, values in merger.filled.items() if not marks.are_in(values)}
        if (left, filled) != (merger.stewards, merger.filled):
            merger.stewards, merger.filled = left, filled
            merger.save(update_fields=["stewards", "filled"])


def _give_back(merger: Merger) -> None:
    kept, gone = merger.kept, merger.gone
    for row in merger.listed:
        Listing.objects.get_or_create(business=gone, agency_id=row["agency_id"])
    for row in merger.stewards:
        if _is_agreed(gone.pk, row):
            Stewardship.objects.get_or_create(business=gone, person_id=row["person_id"], defaults=row)
    current = changes.plain({name: ["", getattr(kept, name)] for name in merger.filled})
    back = {name: before for name, (before, after) in merger.filled.items() if current[name][1] == after}
    for name, value in back.items():
        setattr(kept, name, cast("models.Field[Any, Any]", Business._meta.get_field(name)).to_python(value))
    kept.save()
    if merger.nib and not Business.objects.holding(merger.nib).exists():
        nibs.free([merger.nib])
        gone.nib = merger.nib
        gone.save()


def _decide(kept: Business, gone: Business, state: str, actor: Person | None) -> None:
    one, other = sorted((kept.pk, gone.pk))
    decided_at = None if state == Double.State.OPEN else now()
    Double.objects.filter(one=one, other=other).update(state=state, decided_by=actor, decided_at=decided_at)


def _record(action: str, merger: Merger, actor: Person | None) -> None:
    details = {"kept": merger.kept_id, "gone": merger.gone_id, "rows": len(merger.moved)}
    agency = keeper_of(merger.kept) or merger.agency
    audit.record(agency=agency, actor=actor, action=action, target=merger.kept, details=details)
