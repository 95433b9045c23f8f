"""What came by itself on the home pages, in the navigation, the send queue and the trail."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home, limits, topics, trail
from ekspora.core.actors import Actor
from ekspora.core.home import REGISTERS, Card, Entry
from ekspora.core.models import Agency
from ekspora.core.numbers import id_in
from ekspora.core.services import outbox
from ekspora.core.topics import TopicInfo
from ekspora.directory import rules, wording
from ekspora.directory.models import Claim
from ekspora.directory.queries import arrivals as reads

# A claim waits for somebody who has nothing else to do here; a registration for an owner who can go on meanwhile.
CLAIMS, REGISTRATIONS, CONFIRM = 40, 30, 95
LABELS = {
    "arrival.receive": gettext_lazy("changed from where businesses that register themselves come"),
    "arrival.register": gettext_lazy("registered a business by themselves"),
    "arrival.settle": gettext_lazy("decided about a business that registered itself"),
    "consent.give": gettext_lazy("agreed, or noted that an owner did"),
    "consent.withdraw": gettext_lazy("took a consent back"),
    "claim.begin": gettext_lazy("said that a business is theirs"),
    "claim.prove": gettext_lazy("confirmed it from the number in the register"),
    "claim.settle": gettext_lazy("decided whose a business is"),
    "claim.withdraw": gettext_lazy("took back that a business is theirs"),
}


def cards_of(actor: Actor) -> Iterable[Card]:
    """Officers see what waits for them; owners how their claims stand."""
    if actor.agencies():
        yield from _for_officers(actor)
    elif rules.may_bring_in(actor) or actor.scope.startswith("claim:"):
        yield from _for_owners(actor)


def _for_officers(actor: Actor) -> Iterable[Card]:
    waiting, url = reads.waiting(actor), reverse("arrived")
    if n := waiting["registrations"]:
        title = ngettext("%(n)s business registered itself", "%(n)s businesses registered themselves", n) % {
            "n": n
        }
        body = _("Said by the owners, not checked. They are on no list before you keep them.")
        yield Card(title, body, url, _("Look and decide"), REGISTRATIONS)
    if n := waiting["claims"]:
        title = ngettext(
            "%(n)s person says a business is theirs", "%(n)s people say a business is theirs", n
        ) % {"n": n}
        yield Card(title, _("Make sure, then decide."), url, _("Look and decide"), CLAIMS)


def _for_owners(actor: Actor) -> Iterable[Card]:
    for claim in reads.claims_of(actor):
        if claim.state == Claim.State.WITHDRAWN:
            continue
        to_confirm = (
            actor.scope == claim.own_scope and claim.state == Claim.State.OPEN and not claim.proven_at
        )
        url = reverse("my_claim", args=[claim.pk])
        if to_confirm:
            title = _("Is %(business)s your business?") % {"business": claim.business or claim.name}
            body = _("Then enter the code that was shown to you when you asked.")
            yield Card(title, body, url, _("Confirm it"), CONFIRM)
        else:
            title = _("Your claim: %(name)s") % {"name": claim.name}
            yield Card(title, claim.get_state_display(), url, _("Look"))


def entries_of(actor: Actor) -> Iterable[Entry]:
    """Officers find it beside the registers."""
    if actor.agencies():
        yield Entry(gettext_lazy("Came by themselves"), reverse("arrived"), REGISTERS)


def topic_of(topic: str) -> TopicInfo | None:
    """What ``arrivals:7`` is about: messages about what came to agency 7 by itself."""
    agency = Agency.objects.filter(pk=id_in(topic, "arrivals")).first()
    return TopicInfo(_("Came by themselves"), reverse("arrived"), frozenset({agency.pk})) if agency else None


def own_topic(_topic: str) -> TopicInfo:
    """What the link of somebody who registered themselves opens."""
    return TopicInfo(_("Your businesses"), reverse("my_businesses"), frozenset())


def claim_topic(topic: str) -> TopicInfo | None:
    """What ``claim:7`` is about: the question whose a business is."""
    claim = Claim.objects.select_related("business").filter(pk=id_in(topic, "claim")).first()
    if claim is None:
        return None
    title = _("Is %(business)s your business?") % {"business": claim.business or claim.name}
    return TopicInfo(title, reverse("my_claim", args=[claim.pk]), frozenset())


def register() -> None:
    """Fill core's registries."""
    home.cards.register("arrivals", cards_of, order=290)
    home.navigation.register("arrivals", entries_of, order=310)
    topics.topics.register("arrivals", topic_of)
    topics.topics.register("person", own_topic)
    topics.topics.register("claim", claim_topic)
    rules.within.register("claim", rules.confirmed_by)
    limits.holds.register("claim", reads.hold_of)
    outbox.labels[wording.KIND] = gettext_lazy("Registered and claimed businesses")
    trail.labels.update(LABELS)
