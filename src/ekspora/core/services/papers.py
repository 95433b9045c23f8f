"""Files that may name an erased person: noted when they are erased, then kept or removed by an officer who looked."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core import privacy, queries
from ekspora.core.clock import now
from ekspora.core.errors import Conflict
from ekspora.core.models import Agency, Paper, Person
from ekspora.core.services import audit

Found = list[tuple[str, privacy.Kept]]


def about(person: Person) -> Found:
    """The files that were kept with records about the person, of every room; to be asked for before they are erased."""
    return [(name, one) for name, kind in privacy.papers.items() for one in kind().about(person)]


def note(found: Found) -> None:
    """Put on the list of each agency what is still there after the rooms have erased their part."""
    for name, one in found:
        file = privacy.papers[name]().file_of(one.pk)
        if file:
            Paper.objects.get_or_create(
                kind=name, target_id=one.pk, decided_at=None,
                defaults={"agency": one.agency, "file": file, "label": one.label[:200], "url": one.url},
            )  # fmt: skip


@transaction.atomic
def decide(*, paper: Paper, remove: bool, actor: Person) -> None:
    """An officer has looked: the file names the person and goes, or it does not and stays. Noted for the agency that
    keeps the record by now.

    Raises Conflict when a colleague decided meanwhile.
    """
    row = queries.kept_papers().select_for_update(of=("self",)).get(pk=paper.pk)
    if row.decided_at is not None:
        raise Conflict(_("A colleague has settled this meanwhile."))
    if remove:
        kind = privacy.papers[row.kind]()
        kind.remove(row.target_id, row.file or kind.file_of(row.target_id))
    row.decided_at, row.decided_by, row.is_removed = now(), actor, remove
    row.agency = Agency.objects.get(pk=row.keeper)
    row.save(update_fields=["agency", "decided_at", "decided_by", "is_removed"])
    details = {"removed": remove, "kind": row.kind, "id": row.target_id}
    audit.record(agency=row.agency, actor=actor, action="paper.decide", target=row, details=details)
