"""Forgetting a person: at their own wish, at once or asked for by a link that is limited to one activity."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ekspora.core import privacy, queries
from ekspora.core.actors import Actor
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AccessLink, Account, Agency, AuditEntry, Person
from ekspora.core.services import audit, papers


@transaction.atomic
def erase(*, person: Person, agency: Agency | None = None, actor: Person | None = None) -> None:
    """Forget a person: every room erases its part, then name, addresses, account, links and messages go.

    ``agency`` and ``actor``: the officer who does it because the person asked; else they do it themselves.
    Files that nobody can search are put on a list for officers to look at.
    What somebody says of themselves, or a name that others bear too, clears nothing in the records of others.
    The trail keeps that something was done and by which number, not by whom nor with which personal values.
    Raises DomainError while the person still acts for an agency. Erasing again changes nothing.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        return
    if person.memberships.exists():
        raise DomainError(
            _("Somebody who acts for an agency cannot be erased. Give the role to another first.")
        )
    kept = papers.about(person)
    # While the rooms still know which records are theirs.
    marks, elsewhere = (privacy.marks_of(person, is_theirs=is_theirs) for is_theirs in (True, False))
    told = Q(actor_id=person.pk) | privacy.trail_of(Actor(person))
    entries = list(AuditEntry.objects.filter(told).values_list("pk", flat=True))
    for eraser in privacy.erasers:
        eraser(person)
    papers.note(kept)
    Account.objects.filter(person=person).delete()
    person.links.all().delete()
    person.messages.all().delete()
    audit.forget_marks(elsewhere)
    audit.forget_marks(marks, AuditEntry.objects.filter(pk__in=entries))
    label = Person._meta.label_lower
    audit.forget(AuditEntry.objects.filter(target_type=label, target_id=str(person.pk)))
    blank = dict.fromkeys(("title", "name", "suffix", "position", "email", "phone"), "")
    Person.objects.filter(pk=person.pk).update(**blank, has_whatsapp=False)
    audit.record(agency=agency, actor=actor, action="person.erase", target=person)


@transaction.atomic
def ask(*, link: AccessLink) -> Agency:
    """The holder of a limited link asks to erase its person: the agency that has kept them longest, so that none erases
    people of another by handing out a link, else the one that gave it. Asking again adds nothing.

    Returns the agency that was asked. Raises DomainError for a link of no agency: then there is nobody to ask here.
    """
    if link.agency is None:
        raise DomainError(_("Ask whoever gave you this link to erase your data."))
    agency = privacy.keeper_of(link.person) or link.agency
    ask_agency(person=link.person, agency=agency)
    return agency


@transaction.atomic
def ask_agency(*, person: Person, agency: Agency) -> None:
    """A person asks an agency that looks after what is held about them; asking again adds nothing."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    if not queries.asked_to_erase(frozenset({agency.pk}), person.pk):
        audit.record(agency=agency, actor=person, action="person.ask_erasure", target=person)


@transaction.atomic
def keep(*, person: Person, agency: Agency, actor: Person) -> None:
    """The person did not want to be erased: somebody else held their link, or they changed their mind.

    Raises Conflict when nobody asks any more.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    if not queries.asked_to_erase(frozenset({agency.pk}), person.pk):
        raise Conflict(_("This was settled already."))
    audit.record(agency=agency, actor=actor, action="person.keep", target=person)
