"""Opening accounts and giving roles."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Account, Agency, Membership, Person
from ekspora.core.services import audit, links


@transaction.atomic
def open_account(*, person: Person) -> Account:
    """The person's account, made if missing; its email is the one a sign-in code is sent to."""
    taken = Account.objects.filter(email__iexact=person.email).exclude(person=person)
    if person.email and taken.exists():
        raise DomainError(_("%(email)s already belongs to another account.") % {"email": person.email})
    account, created = Account.objects.get_or_create(person=person, defaults={"email": person.email})
    if not created and account.email != person.email:
        account.email = person.email
        account.save(update_fields=["email"])
    return account


@transaction.atomic
def give_role(*, person: Person, agency: Agency, role: Membership.Role, actor: Person | None) -> Membership:
    """Let a person act for an agency; giving the same role twice changes nothing."""
    open_account(person=person)
    membership, created = Membership.objects.get_or_create(person=person, agency=agency, role=role)
    if created:
        details = {"person": person.pk, "role": role}
        audit.record(agency=agency, actor=actor, action="role.give", target=membership, details=details)
    return membership


def choose_language(*, person: Person, language: str) -> None:
    """Remember in which language this person reads; a preference, so the trail does not keep it."""
    Person.objects.filter(pk=person.pk).update(language=language)


@transaction.atomic
def correct(*, person: Person, name: str, phone: str, has_whatsapp: bool) -> list[str]:
    """A person puts right how they are called and reached. Returns what changed; the trail says which, not what.

    Raises DomainError without a name.
    """
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    wanted: dict[str, Any] = {"name": name.strip(), "phone": phone, "has_whatsapp": has_whatsapp}
    changed = [field for field, value in wanted.items() if getattr(fresh, field) != value]
    if not wanted["name"]:
        raise DomainError(_("A person has a name."))
    if changed:
        for field in changed:
            setattr(fresh, field, wanted[field])
        fresh.save(update_fields=changed)
        audit.record(
            agency=None, actor=fresh, action="person.correct", target=fresh, details={"fields": changed}
        )
    return changed


@transaction.atomic
def install_officer(
    *, name: str, email: str, agency_name: str, kind: Agency.Kind, reset_second_step: bool = False
) -> str:
    """For the operator of the site: make an officer, and the agency where it is missing.

    Returns the full address of a one-time sign-in link. ``reset_second_step`` lets the person set it up anew.
    """
    short = {"kind": kind, "short_name": agency_name[:40]}
    agency, _made = Agency.objects.get_or_create(name=agency_name, defaults=short)
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person.objects.create(name=name, email=email)
    membership = give_role(person=person, agency=agency, role=Membership.Role.OFFICER, actor=None)
    if reset_second_step:
        removed, _each = Authenticator.objects.filter(user__person=person).delete()
        details = {"removed": removed}
        audit.record(
            agency=agency, actor=None, action="second_factor.reset", target=membership, details=details
        )
    kind_of_link = AccessLink.Kind.SIGN_IN
    return links.address_of(links.issue(person=person, kind=kind_of_link, issued_by=None, agency=agency))


@transaction.atomic
def take_role(*, membership: Membership, actor: Person) -> None:
    """End what a person may do for an agency. Raises DomainError for the agency's last officer."""
    officers = Membership.objects.filter(agency=membership.agency, role=Membership.Role.OFFICER)
    if membership.role == Membership.Role.OFFICER and officers.count() == 1:
        raise DomainError(_("An agency keeps at least one officer. Give the role to somebody else first."))
    details = {"person": membership.person_id, "role": membership.role}
    audit.record(
        agency=membership.agency, actor=actor, action="role.take", target=membership, details=details
    )
    membership.delete()
