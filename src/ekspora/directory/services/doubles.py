"""Looking for doubles on an agency's list, and saying that two are two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict
from ekspora.core.models import Agency, Job, Person
from ekspora.core.services import audit, jobs
from ekspora.directory.models import Business, Double, Stewardship
from ekspora.engines.duplicates import Entry, Pair, find

KIND = "directory.doubles"
State = Double.State


def topic_of(agency: Agency) -> str:
    """The name under which jobs refer to an agency's list."""
    return f"doubles:{agency.pk}"


@transaction.atomic
def look(*, agency: Agency, actor: Person | None) -> Job:
    """Begin looking for doubles on the agency's list; one look at a time, a second press finds the first."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    unfinished = (Job.State.QUEUED, Job.State.RUNNING)
    going = Job.objects.filter(kind=KIND, topic=topic_of(agency), state__in=unfinished).first()
    if going is not None:
        return going
    return jobs.start(
        kind=KIND, arguments={"agency": agency.pk}, agency=agency, person=actor, topic=topic_of(agency),
        back_to=reverse("doubles"),
    )  # fmt: skip


def run(handle: jobs.Handle) -> Mapping[str, Any]:
    """The work of the job: compare, then note what was found in one transaction."""
    agency = Agency.objects.get(pk=handle.job.arguments["agency"])
    pairs = find(entries_of(agency), on_progress=lambda compared: handle.report(compared=compared))
    with transaction.atomic():
        handle.hold()
        return note(agency=agency, pairs=pairs)


def entries_of(agency: Agency) -> Iterator[Entry]:
    """The businesses on an agency's list as the engine compares them; read in portions."""
    columns = ("pk", "name", "nib", "phone", "email", "province", "regency", "address")
    listed = Business.objects.filter(listings__agency=agency).order_by().values_list(*columns)
    owners = Stewardship.objects.filter(role=Stewardship.Role.OWNER).order_by("pk")
    rows = listed.iterator(chunk_size=2000)
    while part := list(islice(rows, 2000)):
        people: dict[int, list[tuple[str, str]]] = defaultdict(list)
        known = owners.filter(business__in=[row[0] for row in part])
        for pk, name, phone in known.values_list("business", "person__name", "person__phone"):
            people[pk].append((name, phone))
        for pk, name, nib, phone, email, province, regency, address in part:
            of_it = people.get(pk, [])
            yield Entry(
                pk, name, nib=nib, phones=tuple(sorted({phone, *(number for _, number in of_it)} - {""})),
                email=email, owner=of_it[0][0] if of_it else "", province=province, regency=regency,
                address=address,
            )  # fmt: skip


@transaction.atomic
def note(*, agency: Agency, pairs: Iterable[Pair]) -> dict[str, int]:
    """Write what was found; open ones of this list that are no longer found go, decided ones stay decided."""
    found = {(pair.a, pair.b): pair for pair in pairs}
    on_list = Business.objects.filter(listings__agency=agency)
    known = Double.objects.filter(one__in=on_list, other__in=on_list)
    decided = set(known.exclude(state=State.OPEN).values_list("one", "other"))
    known.filter(state=State.OPEN).delete()
    fresh = [_row(pair) for key, pair in found.items() if key not in decided]
    Double.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    sure = sum(double.likeness == Double.Likeness.SURE for double in fresh)
    return {"sure": sure, "doubtful": len(fresh) - sure}


def reasons_of(pair: Pair) -> list[dict[str, Any]]:
    """Why two are alike, as it is kept."""
    return [{"field": r.field, "weight": r.weight, "text": dict(r.text)} for r in pair.reasons]


def _row(pair: Pair) -> Double:
    return Double(
        one_id=pair.a, other_id=pair.b, likeness=pair.likeness, probability=pair.probability,
        reasons=reasons_of(pair),
    )  # fmt: skip


@transaction.atomic
def keep_apart(*, double: Double, agency: Agency, actor: Person) -> None:
    """They are two businesses; it is not asked again. Raises Conflict when they were made one meanwhile."""
    if not open_ones().filter(pk=double.pk).update(state=State.APART, decided_by=actor, decided_at=now()):
        if Double.objects.filter(pk=double.pk, state=State.MERGED).exists():
            raise Conflict(_("Somebody has made these two one meanwhile. You can undo that under Made one."))
        return
    audit.record(agency=agency, actor=actor, action="business.apart", target=double.one,
                 details={"other": double.other_id})  # fmt: skip


def open_ones() -> "QuerySet[Double]":
    """Doubles nobody has decided."""
    return Double.objects.filter(state=State.OPEN)
