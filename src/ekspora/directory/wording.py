"""The words people agree to, and the messages about businesses that came by themselves."""

from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ekspora.core.models import Message, Person
from ekspora.core.services.outbox import Draft
from ekspora.directory.models import Claim, Registration
from ekspora.directory.rules import scope_of
from ekspora.ui import formats

KIND = "arrival"
# Of the words people agree to below: whoever changes any of them gives them another version (tests/directory/
# test_consents.py compares).
VERSION = "2026-11"


def consent() -> str:
    """What an owner agrees to (UU 27/2022, art. 20-22), in the reader's language; kept with the date as it stood."""
    return _(
        "I agree that my name, my number, my business, its place and its products are stored here, to invite me to "
        "export programmes and to help me. Officers of the office that looks after my business see all of it. Guests "
        "and buyers see the business and its products; they see my number only when I agree to that later. I can "
        "look at everything, correct it, take it along and have it erased at any time."
    )


def consent_of_owner(owner: str) -> str:
    """What a companion says the owner agreed to."""
    return _(
        "%(owner)s agreed that the business, its place, its products and the owner's name and number are stored here, "
        "to invite the business to export programmes, and that I keep the record. I told %(owner)s that officers of "
        "the office that looks after it see all of it, that guests and buyers see the business and its products but "
        "no number, and that everything can be looked at, corrected and erased at any time."
    ) % {"owner": owner}


def consent_to_companion() -> str:
    """What an owner agreed to when an officer noted a companion."""
    return _(
        "The owner agreed that this companion sees and changes everything that is noted of the business. That can be "
        "taken back at any time."
    )


def on_the_page() -> str:
    """How somebody agrees who ticks the box."""
    return _("ticked on the page")


def topic_of(agency_pk: int) -> str:
    """The name under which the send queue keeps messages about what came to an agency by itself."""
    return f"arrivals:{agency_pk}"


def prove(claim: Claim, to: tuple[str, str]) -> Draft:
    """To the number or email that the register holds: whoever reads it there says whether it is so."""
    with override(claim.person.language):
        text = _(
            "Somebody asked on %(when)s to keep the record of %(business)s at Ekspora, and can be reached at "
            "%(reach)s. Was that you? Open this link and enter the code that was shown to you then: {link}\n"
            "If you did not ask for it yourself, please do not open it, give no code to anybody, and tell us."
        )
        when = formats.moment(claim.begun_at.astimezone(ZoneInfo("Asia/Jakarta")))
        words = {"when": when, "business": claim.business, "reach": reach_of(claim)}
        return Draft(
            person=claim.person, kind=KIND, key=f"claim:{claim.pk}:prove", subject=_("Is this your business?"),
            body=text % words, link_scope=claim.own_scope, link_target=reverse("my_claim", args=[claim.pk]), to=to,
        )  # fmt: skip


def brought_in(registration: Registration, owner: Person, how: str) -> Draft:
    """To an owner whom a companion registered: what was said of them, and where they see it and take it back."""
    with override(owner.language):
        text = _(
            "%(companion)s registered %(business)s for you at Ekspora and says that you agreed: %(how)s. See here what "
            "is stored, put it right, or take your consent back at any time: {link}"
        )
        words = {"companion": registration.person, "business": registration.business, "how": how}
        return Draft(
            person=owner, kind=KIND, key=f"registration:{registration.pk}:owner", subject=_("Your business"),
            body=text % words, link_scope=scope_of(owner), link_target=reverse("my_consents"),
        )  # fmt: skip


def reach_of(claim: Claim) -> str:
    """The number or email of who made a claim; a name can be anybody's."""
    return claim.person.phone or claim.person.email or "–"


def settled(claim: Claim) -> Draft:
    """Whether the claim was confirmed, and how that was decided."""
    with override(claim.person.language):
        said = {
            Claim.State.ACCEPTED: _(
                "It is confirmed that %(business)s is yours. From now on you keep its record: {link}"
            ),
            Claim.State.REFUSED: _("It was not confirmed that %(business)s is yours: %(reason)s"),
            Claim.State.ENDED: _("You no longer keep the record of %(business)s: %(reason)s"),
        }[Claim.State(claim.state)]
        words = {"business": claim.name, "reason": claim.reason}
        return Draft(
            person=claim.person, kind=KIND, key=f"claim:{claim.pk}:{claim.state}", subject=_("Your business"),
            body=said % words, link_scope=claim.scope, link_target=reverse("my_claim", args=[claim.pk]),
        )  # fmt: skip


def looked_at(registration: Registration, person: Person, made: Claim | None = None) -> Draft:
    """What became of a registration, to who made it or to an owner; ``made``: the claim of a known business that became
    of it."""
    business, is_registrant = registration.business, person == registration.person
    with override(person.language):
        if made is not None:
            text = _(
                "%(agency)s has %(business)s on its list already. It is checked whether it is yours. See here how it "
                "stands: {link}"
            )
        elif registration.state == Registration.State.KEPT:
            text = _("%(agency)s keeps %(business)s on its list now. Complete it here: {link}")
        else:
            text = _("%(agency)s does not keep %(business)s on its list: %(reason)s")
        words = {"agency": registration.agency, "business": business, "reason": registration.reason}
        return Draft(
            person=person, kind=KIND, key=_key(registration, person), subject=_("Your business"), body=text % words,
            link_scope=registration.scope if is_registrant else scope_of(person),
            link_target=_target(registration, person, made),
        )  # fmt: skip


def met(registration: Registration, keeper: Person) -> Draft:
    """To who acts for a known record already: what somebody registered was found to be the same business."""
    with override(keeper.language):
        text = _(
            "Somebody registered %(business)s once more. %(agency)s made both records one. Look on your page of the "
            "business whether everything is right, and tell the office if it is not."
        )
        words = {"business": registration.business, "agency": registration.agency}
        return Draft(
            person=keeper,
            kind=KIND,
            key=_key(registration, keeper),
            subject=_("Your business"),
            body=text % words,
        )


def _key(registration: Registration, person: Person) -> str:
    key = f"registration:{registration.pk}:{registration.state}"
    return key if person == registration.person else f"{key}:{person.pk}"


def _target(registration: Registration, person: Person, made: Claim | None) -> str:
    if made is None:
        return reverse("my_business", args=[registration.business_id])
    return reverse("my_claim", args=[made.pk]) if made.person_id == person.pk else reverse("home")


def channel_of(number: str) -> str:
    """The channel of an address as it is told: an email has an @."""
    return Message.Channel.EMAIL if "@" in number else Message.Channel.WHATSAPP
