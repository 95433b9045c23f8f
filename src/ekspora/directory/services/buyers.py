"""Naming, keeping and verifying buyers. Whoever orders and pays is the buyer; a mission introduces it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Buyer, BuyerNote, Mission
from ekspora.directory.names_of_buyers import buyer_key, mission_named, says_mission
from ekspora.directory.places import countries
from ekspora.directory.services import changes

# What an agency keeps for itself; everything else of ``values`` is the buyer's, seen by all that list it.
_OF_NOTE = {"note": "text", "person": "person"}


@transaction.atomic
def name_buyer(
    *,
    agency: Agency,
    name: str,
    country: str,
    kind: str,
    values: Mapping[str, Any],
    introduced_by: Mission | None,
    actor: Person | None,
) -> Buyer:
    """The buyer of this name in this country, entered where nobody had, and on the agency's list.

    ``values`` may hold ``website`` and, seen by this agency only, ``note`` and ``person`` (whom it talks to). Who
    is known already keeps what is known; only gaps are filled. Raises DomainError for a mission.
    """
    name, country = " ".join(name.split()), country.upper()
    refuse_missions(name)
    if country not in dict(countries()):
        raise DomainError(_("Choose the country of the buyer."))
    fresh = {"kind": kind or Buyer.Kind.UNKNOWN, "website": str(values.get("website", "")).strip()}
    same = Buyer.objects.select_for_update().filter(name_key=buyer_key(name)[:160], country=country)
    found = same.first()
    if found is None:
        found = _entered({"name": name, "country": country, **fresh}, introduced_by, agency, actor)
    if found is None:  # somebody named the same buyer at the same moment
        found = same.get()
    _fill(found, fresh, introduced_by, agency, actor)
    _list(found, agency, actor)
    _note(found, agency, values)
    return found


def refuse_missions(name: str) -> None:
    """Raise DomainError, with what to do instead, for a name that is none or a foreign mission's."""
    if not buyer_key(name):
        raise DomainError(_("Write the name of the company or shop that orders and pays."))
    mission = mission_named(name, Mission.objects.values_list("name", flat=True))
    if mission or says_mission(name):
        raise DomainError(
            _(
                "“%(name)s” is a foreign mission. It introduces buyers and buys nothing itself: write the name of "
                "the company or shop that orders and pays. Ask the mission for it, or leave this as a promise to "
                "bring buyers until it is known."
            )
            % {"name": mission or name}
        )


def _entered(
    values: Mapping[str, Any], introduced_by: Mission | None, agency: Agency, actor: Person | None
) -> Buyer | None:
    """A new buyer; None when another was faster."""
    made = Buyer(introduced_by=introduced_by)
    try:
        changes.apply(made, values)
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return None
    details = {"name": made.name, "country": made.country}
    audit.record(agency=agency, actor=actor, action="buyer.name", target=made, details=details)
    return made


def _fill(
    buyer: Buyer,
    values: Mapping[str, Any],
    introduced_by: Mission | None,
    agency: Agency,
    actor: Person | None,
) -> None:
    """Take over what was not known before; nothing known is overwritten and the first mission keeps the credit."""
    gaps = {
        name: value
        for name, value in {**values, "introduced_by": introduced_by}.items()
        if value and value != Buyer.Kind.UNKNOWN and getattr(buyer, name) in (None, "", Buyer.Kind.UNKNOWN)
    }
    if gaps:
        details = changes.plain(changes.apply(buyer, gaps))
        buyer.save()
        audit.record(agency=agency, actor=actor, action="buyer.edit", target=buyer, details=details)


def _list(buyer: Buyer, agency: Agency, actor: Person | None) -> None:
    if not buyer.listed_by.filter(pk=agency.pk).exists():
        buyer.listed_by.add(agency)
        audit.record(agency=agency, actor=actor, action="buyer.list", target=buyer)


def _note(buyer: Buyer, agency: Agency, values: Mapping[str, Any]) -> bool:
    """Keep what only this agency sees; empty values leave what there was."""
    own = {field: values[name] for name, field in _OF_NOTE.items() if values.get(name)}
    if not own:
        return False
    note = BuyerNote.objects.filter(buyer=buyer, agency=agency).first() or BuyerNote(
        buyer=buyer, agency=agency
    )
    changed = changes.apply(note, own)
    note.save()
    return bool(changed)


@transaction.atomic
def edit_buyer(
    *,
    buyer: Buyer,
    agency: Agency,
    values: Mapping[str, Any],
    note: str,
    actor: Person,
) -> list[str]:
    """Change the record all listing agencies share, and the agency's own note. Returns what changed.

    What was verified was verified of the old record: another name, country or kind has to be looked at anew.
    Raises Conflict when the new name is another buyer's.
    """
    buyer = Buyer.objects.select_for_update().get(pk=buyer.pk)
    wanted = {**values, "name": " ".join(str(values["name"]).split())}
    refuse_missions(wanted["name"])
    others = Buyer.objects.filter(name_key=buyer_key(wanted["name"])[:160], country=wanted["country"])
    if others.exclude(pk=buyer.pk).exists():
        raise Conflict(_("Another buyer of this name in this country is known already. Use that one."))
    changed = changes.apply(buyer, wanted)
    if buyer.verified_at is not None and changed.keys() & {"name", "country", "kind"}:
        buyer.verified_at, buyer.verified_by, buyer.verified_how = None, None, ""
    if changed:
        buyer.save()
    details = changes.plain(changed)
    own, _made = BuyerNote.objects.get_or_create(buyer=buyer, agency=agency)
    if own.text != note.strip():
        BuyerNote.objects.filter(pk=own.pk).update(text=note.strip())
        details["note"] = []
    if details:
        audit.record(agency=agency, actor=actor, action="buyer.edit", target=buyer, details=details)
    return list(details)


@transaction.atomic
def verify_buyer(*, buyer: Buyer, how: str, agency: Agency, actor: Person) -> Buyer:
    """Somebody looked whether the buyer exists and is what it says it is, and says how. Raises DomainError without."""
    if len(how.strip()) < 5:
        raise DomainError(_("Say how it was checked: which register, which website, who was called."))
    buyer = Buyer.objects.select_for_update().get(pk=buyer.pk)
    if buyer.verified_how == how.strip() and buyer.verified_by_id == actor.pk:
        return buyer
    changes.apply(buyer, {"verified_by": actor, "verified_at": now(), "verified_how": how.strip()})
    buyer.save()
    details = {"how": buyer.verified_how}
    audit.record(agency=agency, actor=actor, action="buyer.verify", target=buyer, details=details)
    return buyer
