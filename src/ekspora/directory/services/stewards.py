"""Who acts for a business: its owner, and companions the owner agreed to."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.directory.models import Business, Claim, Consent, Stewardship
from ekspora.directory.services import consents
from ekspora.directory.services.businesses import keeper_of


@transaction.atomic
def name_owner(*, business: Business, person: Person, actor: Person | None) -> Stewardship:
    """Let a person act for the business as its owner; a companion becomes owner."""
    owner = Stewardship.Role.OWNER
    steward, created = Stewardship.objects.get_or_create(
        business=business, person=person, defaults={"role": owner}
    )
    if not created and steward.role == owner:
        return steward
    steward.role = owner
    steward.save(update_fields=["role"])
    _record("steward.owner", steward, actor)
    return steward


@transaction.atomic
def name_companion(
    *, business: Business, person: Person, consent: str, actor: Person | None, is_noted: bool = False
) -> Stewardship:
    """Let a companion act for the business. ``consent`` says how the owner agreed; without it nobody may. Unless it
    ``is_noted`` already, that is noted as a consent.

    Raises DomainError when the consent is empty or the person is the owner.
    """
    if not consent.strip():
        raise DomainError(_("Say how the owner agreed, for example: by message on 3 March."))
    known = Stewardship.objects.filter(business=business, person=person).first()
    if known is not None and known.role == Stewardship.Role.OWNER:
        raise DomainError(_("This person is the owner of the business."))
    steward, _created = Stewardship.objects.update_or_create(
        business=business, person=person,
        defaults={"role": Stewardship.Role.COMPANION, "consent_at": now(), "consent_note": consent[:200]},
    )  # fmt: skip
    _record("steward.companion", steward, actor)
    if not is_noted:
        owners = business.stewards.filter(role=Stewardship.Role.OWNER).select_related("person")
        owner = owners[0].person if len(owners) == 1 else None
        consents.give_for_companion(
            business=business, owner=owner, companion=person, how=consent[:200], actor=actor
        )
    return steward


@transaction.atomic
def withdraw(*, steward: Stewardship, actor: Person | None) -> None:
    """End what a person may do for a business, e.g. because the owner takes the consent back."""
    _record("steward.withdraw", steward, actor)
    end_claims(Claim.objects.filter(business=steward.business_id, person=steward.person_id))
    if steward.role == Stewardship.Role.OWNER:
        end_companions(business=steward.business, owner=steward.person, actor=actor)
    consents.end_for_companion(business=steward.business, companion=steward.person)
    steward.delete()


def end_companions(*, business: Business, owner: Person, actor: Person | None) -> None:
    """With an owner go the companions to whom nobody else agreed."""
    noted = Consent.objects.filter(business=business, withdrawn_at=None, companion__isnull=False)
    theirs, others = noted.filter(person=owner), noted.exclude(person=owner)
    going = business.stewards.filter(
        role=Stewardship.Role.COMPANION, person__in=theirs.values("companion")
    ).exclude(person__in=others.values("companion"))
    for steward in going.select_related("business", "person"):
        withdraw(steward=steward, actor=actor)


def end_claims(claims: "QuerySet[Claim]") -> None:
    """Of these claims the confirmed ones end: they hold as long as the person acts for the business."""
    reason = _("They no longer act for the business.")
    claims.filter(state=Claim.State.ACCEPTED).update(state=Claim.State.ENDED, reason=reason)


def _record(action: str, steward: Stewardship, actor: Person | None) -> None:
    details = {"business": steward.business_id, "person": steward.person_id}
    keeper = keeper_of(steward.business)
    audit.record(agency=keeper, actor=actor, action=action, target=steward, details=details)
