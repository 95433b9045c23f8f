"""Questions of importers who hold a representative's report: asked, taken up as a deal, or not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ekspora.core.clock import now, today
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AccessLink, Agency, Person
from ekspora.core.numbers import id_in
from ekspora.core.services import audit, outbox
from ekspora.deals.models import Deal, DealStep, Inquiry
from ekspora.deals.services import deals, steps
from ekspora.directory.models import Business, Mission, Stewardship
from ekspora.directory.services import changes
from ekspora.programmes.models import Participation
from ekspora.ui import formats

KIND = "inquiry"
# One report is held by few people: who asks more often in a day is a program.
MOST_OF_A_LINK, MOST_OF_AN_ADDRESS = 30, 5
WITHIN = timedelta(days=1)
FIELDS = ("name", "company", "country", "email", "words")
State = Inquiry.State


@transaction.atomic
def ask(
    *,
    key: UUID,
    link: AccessLink,
    business: Business,
    mission: Mission,
    agency: Agency,
    scope: str,
    values: Mapping[str, Any],
) -> Inquiry:
    """Keep what a reader of a passed-on report asks, credited to the mission; the same ``key`` again is the inquiry
    it made.

    ``values``: name, company, country (ISO code), email and words. Raises DomainError for a link that is closed, a
    business that was not there, for words that are none, and beyond the limits of a day.
    """
    link = AccessLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    known = Inquiry.objects.filter(key=key).first()
    if known is not None:
        return known
    if link.kind != AccessLink.Kind.FORWARD or not link.is_open:
        raise DomainError(_("This report can no longer be asked through. Write to the mission that sent it."))
    activity = id_in(scope, "activity")
    if not Participation.objects.filter(activity=activity, business=business).exists():
        raise DomainError(_("This business was not part of the activity."))
    inquiry = Inquiry(key=key, scope=scope, business=business, mission=mission, link=link, agency=agency)
    said = {name: str(values.get(name, "")).strip() for name in FIELDS}
    _check_limits(link, said["email"])
    changes.apply(inquiry, said)
    inquiry.save()
    details = {"business": business.pk, "mission": mission.pk}
    audit.record(agency=agency, actor=None, action="inquiry.ask", target=inquiry, details=details)
    return inquiry


def _check_limits(link: AccessLink, email: str) -> None:
    today_ = Inquiry.objects.filter(asked_at__gt=now() - WITHIN)
    too_many = today_.filter(link=link).count() >= MOST_OF_A_LINK
    if too_many or today_.filter(email__iexact=email).count() >= MOST_OF_AN_ADDRESS:
        raise DomainError(_("There were very many questions today. Ask again tomorrow."))


@transaction.atomic
def take_up(
    *,
    inquiry: Inquiry,
    actor: Person,
    buyer: Mapping[str, str] | None = None,
    parts: Mapping[str, Any] | None = None,
) -> Deal:
    """Make a deal of it: the asking company is the named buyer, the inquiry itself the first step, the mission keeps
    the credit. The owner of the business is told. Taking up again is the same deal.

    ``buyer`` (name, country, kind) and ``parts`` (subject, product, …) say it better than the inquiry did. Raises
    Conflict for one that was refused, DomainError where the company is a mission.
    """
    fresh = _locked(inquiry)
    if fresh.deal is not None:
        return fresh.deal
    if fresh.state == State.REFUSED:
        raise Conflict(_("This inquiry was already answered with a refusal."))
    named = buyer or {"name": fresh.company, "country": fresh.country, "kind": "unknown"}
    rest = {
        "subject": " ".join(fresh.words.split())[:160], "key": uuid5(fresh.key, "deal"), "agency": fresh.agency,
        **(parts or {}),
    }  # fmt: skip
    rest |= {"mission": fresh.mission, "scope": fresh.scope, "business": fresh.business}
    deal = deals.name_and_begin(buyer=named, actor=actor, **rest)
    steps.add(deal=deal, key=uuid5(fresh.key, "step"), values=_first_step(fresh), actor=actor)
    fresh.state, fresh.deal, fresh.settled_by, fresh.settled_at = State.TAKEN, deal, actor, now()
    fresh.save()
    details = {"deal": deal.pk}
    audit.record(agency=fresh.agency, actor=actor, action="inquiry.take_up", target=fresh, details=details)
    _tell_owners(fresh, actor)
    return deal


def _first_step(inquiry: Inquiry) -> steps.Values:
    asked = formats.in_zone(inquiry.asked_at, settings.TIME_ZONE).date()
    with override("id"):
        day = formats.day(asked, weekday=False)
        text = _("Inquiry of %(day)s through the report of %(mission)s") % {
            "day": day,
            "mission": inquiry.mission,
        }
    happened = min(asked, today(settings.TIME_ZONE))
    return steps.Values(DealStep.Rung.INQUIRY, happened, DealStep.Evidence.MESSAGE, text[:200])


def _tell_owners(inquiry: Inquiry, actor: Person) -> None:
    owners = Stewardship.objects.filter(business=inquiry.business, role=Stewardship.Role.OWNER)
    drafts = [_draft(inquiry, steward.person) for steward in owners.select_related("person")]
    outbox.prepare(agency=inquiry.agency, topic=inquiry.scope, drafts=drafts, actor=actor)


def _draft(inquiry: Inquiry, person: Person) -> outbox.Draft:
    with override("en" if person.language == "en" else "id"):
        values = {
            "name": person.protocol_name, "business": inquiry.business.name, "asker": inquiry.name,
            "company": inquiry.company, "country": formats.country(inquiry.country), "email": inquiry.email,
            "words": inquiry.words, "mission": inquiry.mission.name,
        }  # fmt: skip
        body = _(
            "Dear %(name)s,\n\n%(company)s (%(country)s) asks about %(business)s after reading the report of "
            "%(mission)s:\n\n“%(words)s”\n\nAnswer %(asker)s within two days: %(email)s. Nobody has to pay a fee in "
            "order to export; ask the organisers before you send samples.\n\nThe organisers"
        )
        subject = _("A question from %(country)s about %(business)s") % values
        return outbox.Draft(
            person=person,
            kind=KIND,
            key=f"inquiry:{inquiry.pk}:{person.pk}",
            subject=subject,
            body=body % values,
        )


@transaction.atomic
def refuse(*, inquiry: Inquiry, why: str, actor: Person) -> Inquiry:
    """It is not taken up: say why. Twice changes nothing; Conflict for one that is a deal already."""
    fresh = _locked(inquiry)
    if fresh.deal is not None:
        raise Conflict(_("This inquiry was already taken up."))
    if not why.strip():
        raise DomainError(_("Say why it is not taken up."))
    if fresh.state == State.REFUSED:
        return fresh
    fresh.state, fresh.answer, fresh.settled_by, fresh.settled_at = (
        State.REFUSED,
        why.strip()[:200],
        actor,
        now(),
    )
    fresh.save()
    details = {"why": fresh.answer}
    audit.record(agency=fresh.agency, actor=actor, action="inquiry.refuse", target=fresh, details=details)
    return fresh


def _locked(inquiry: Inquiry) -> Inquiry:
    rows = Inquiry.objects.select_for_update(of=("self",))
    return rows.select_related("business", "mission", "agency", "deal").get(pk=inquiry.pk)
