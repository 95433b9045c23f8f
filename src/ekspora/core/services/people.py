"""Opening accounts and giving roles."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Account, Agency, Membership, Person
from ekspora.core.services import audit


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
