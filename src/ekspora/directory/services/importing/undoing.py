"""Undoing an import as a whole: what it made goes, what it changed is put back, what is in use is kept and
named."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.errors import Conflict
from ekspora.core.models import AuditEntry, Person
from ekspora.core.services import audit
from ekspora.directory.models import (
    Branch,
    BulkRow,
    Business,
    Certificate,
    Contact,
    Double,
    ExportRecord,
    Fair,
    Import,
    ImportedRow,
    Listing,
    Member,
    Mission,
    Photo,
    Product,
    Representative,
    Resemblance,
    SearchKey,
    Statement,
    Stewardship,
)
from ekspora.directory.services.importing import hooks
from ekspora.directory.services.importing.batch import Kept
from ekspora.directory.services.rows import KINDS, field_of

# Children before parents.
_ORDER: tuple[type[models.Model], ...] = (
    Certificate, Contact, Product, ExportRecord, Fair, Stewardship, Listing, Business, Representative, Mission, Person,
)  # fmt: skip
# What belongs to a record and goes with it; everything else that points at it is use by somebody.
_OWN: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Business: (
        Product, ExportRecord, Fair, Stewardship, Listing, Statement, Contact, Certificate, Branch, Member, Double,
        Resemblance, SearchKey, BulkRow,
    ),
    Product: (Statement, Certificate, Photo),
    Representative: (Kept,),
}  # fmt: skip


@transaction.atomic
def undo(*, source: Import, actor: Actor) -> dict[str, Any]:
    """Take a written import back. Returns how many records went and were put back, and those kept with the
    reason.

    Raises Conflict when there is nothing written, or it was undone already.
    """
    source = Import.objects.select_for_update(of=("self",)).select_related("agency").get(pk=source.pk)
    if source.state != Import.State.DONE:
        raise Conflict(_("Only a written import can be undone, and only once."))
    rows = list(source.rows.all())
    made = {kind: _ids(rows, kind, ImportedRow.Effect.CREATED) for kind in _ORDER}
    records = (
        list(Business.objects.filter(pk__in=made[Business]))
        if source.kind == "businesses"
        else list(Representative.objects.filter(pk__in=made[Representative]))
    )
    hooks.call(hooks.before_undo, source.scope, source.kind, records, actor)
    result: dict[str, Any] = dict(source.result) | {"removed": 0, "put_back": 0, "kept": []}
    _put_back(source, rows, result)
    _remove_all(source, made, result)
    source.state, source.result = Import.State.UNDONE, result
    source.save(update_fields=["state", "result"])
    details = {"removed": result["removed"], "put_back": result["put_back"], "kept": len(result["kept"])}
    audit.record(
        agency=source.agency, actor=actor.person, action="import.undo", target=source, details=details
    )
    return result


def _ids(rows: Iterable[ImportedRow], kind: type[models.Model], effect: str) -> set[int]:
    return {r.target_id for r in rows if r.target_type == kind._meta.label_lower and r.effect == effect}


def _put_back(source: Import, rows: list[ImportedRow], result: dict[str, Any]) -> None:
    """Each changed value as it was, unless somebody changed it since."""
    for kind in _ORDER:
        changed = [r for r in rows if r.changes and r.target_type == kind._meta.label_lower]
        targets = kind._default_manager.in_bulk([r.target_id for r in changed]) if changed else {}
        for row in changed:
            target = targets.get(row.target_id)
            if target is None:
                continue
            back = {}
            for name, (before, after) in row.changes.items():
                field = cast("models.Field[Any, Any]", kind._meta.get_field(name))
                if field.to_python(after) == getattr(target, field.attname):
                    back[field.attname] = field.to_python(before)
                else:
                    why = _("%(field)s was changed since") % {"field": field.verbose_name}
                    result["kept"].append(_kept(target, why))
            for name, value in back.items():
                setattr(target, name, value)
            if back:
                target.save(update_fields=list(back))
                _unsay(source, target, back)
                result["put_back"] += 1


def _unsay(source: Import, target: models.Model, fields: Iterable[str]) -> None:
    """Who said it before is who says it now."""
    if isinstance(target, Business | Product):
        target.statements.filter(origin=source, field__in=fields).delete()
    elif isinstance(target, ExportRecord):
        Statement.objects.filter(origin=source, field=field_of(target)).delete()


def _remove_all(source: Import, made: dict[type[models.Model], set[int]], result: dict[str, Any]) -> None:
    """A business that must stay keeps what came with it; everything else is looked at for itself."""
    used = _uses(Product, made[Product], source)
    staying = _uses(Business, made[Business], source) | _reasons_of_businesses(source, made, used)
    with_them = Product.objects.filter(business__in=staying, pk__in=made[Product]).values_list(
        "pk", flat=True
    )
    _remove(Product, made[Product] - set(with_them), used, result)
    for part in (Certificate, Contact, ExportRecord, Fair, Stewardship, Listing):
        part._default_manager.filter(pk__in=made[part]).delete()
    said = [f"{kind}:{pk}" for kind, model in KINDS.items() for pk in made.get(model, ())]
    Statement.objects.filter(origin=source, field__in=said).delete()
    _remove(Business, made[Business], staying, result)
    people: tuple[type[models.Model], ...] = (Representative, Mission, Person)
    for kind in people:
        _remove(kind, made[kind], _uses(kind, made[kind], source), result)


def _remove(kind: type[models.Model], ids: set[int], reasons: dict[int, str], result: dict[str, Any]) -> None:
    for target in kind._default_manager.filter(pk__in=ids & reasons.keys()):
        result["kept"].append(_kept(target, reasons[target.pk]))
    going = kind._default_manager.filter(pk__in=ids - reasons.keys())
    result["removed"] += going.count()
    going.delete()


def _uses(kind: type[models.Model], ids: set[int], source: Import) -> dict[int, str]:
    """Which records are used or were changed by somebody since, with the reason."""
    reasons: dict[int, str] = {}
    if not ids:
        return reasons
    for relation in kind._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model in _OWN.get(kind, ()):
            continue
        users = relation.related_model
        name = {"what": str(users._meta.verbose_name)}
        found = users._default_manager.filter(**{f"{relation.field.name}__in": ids})
        for pk in found.values_list(f"{relation.field.name}__pk", flat=True):
            reasons.setdefault(pk, _("in use elsewhere (%(what)s)") % name)
    if kind is Product:
        papers = Certificate.objects.filter(product__in=ids).values_list("pk", "product")
        by_field = {f"certificates:{pk}": product for pk, product in papers}
        said = Statement.objects.filter(field__in=by_field).exclude(source=Statement.Source.IMPORT)
        for paper in said.values_list("field", flat=True):
            reasons.setdefault(by_field[paper], _("changed by hand since"))
    label = kind._meta.label_lower
    others = ImportedRow.objects.filter(target_type=label, target_id__in=ids).exclude(source=source)
    others = others.filter(source__state__in=(Import.State.WRITING, Import.State.DONE))
    for pk, file in others.values_list("target_id", "source__file_name"):
        reasons.setdefault(pk, _("also in the file %(file)s") % {"file": file})
    texts = [str(pk) for pk in ids]
    entries = AuditEntry.objects.filter(target_type=label, target_id__in=texts)
    for text in entries.values_list("target_id", flat=True):
        reasons.setdefault(int(text), _("changed by hand since"))
    return reasons


def _reasons_of_businesses(
    source: Import, made: dict[type[models.Model], set[int]], used: dict[int, str]
) -> dict[int, str]:
    """Businesses on other lists, or with products that were not in the file or must stay."""
    ids, reasons = made[Business], {}
    lists = Listing.objects.filter(business__in=ids).exclude(agency=source.agency)
    for pk, agency in lists.values_list("business_id", "agency__short_name"):
        reasons[pk] = _("also on the list of %(agency)s") % {"agency": agency}
    going = made[Product] - used.keys()
    products = Product.objects.filter(business__in=ids).exclude(pk__in=going)
    for pk, name in products.values_list("business_id", "name"):
        reasons.setdefault(pk, _("its product %(name)s is in use or was added since") % {"name": name})
    return reasons


def _kept(target: models.Model, why: str) -> dict[str, str]:
    return {"type": str(target._meta.verbose_name), "name": str(target), "why": why}
