"""This room's part of the start page, the main navigation, the trail and the jobs."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.home import REGISTERS, Card, Entry
from ekspora.core.models import Agency
from ekspora.core.numbers import id_in
from ekspora.core.topics import TopicInfo
from ekspora.directory.completeness import grouped, missing_step
from ekspora.directory.models import Bulk, Business, Import
from ekspora.directory.queries.businesses import due_of, own_businesses, public_facts
from ekspora.directory.queries.doubles import counts
from ekspora.directory.queries.imports import imports_for
from ekspora.directory.services.bulk import actions
from ekspora.ui import formats

# How many certificates the start page names, and how many things a companion's businesses need.
NAMED, MOST_NEEDED = 5, 3

LABELS = {
    "business.register": gettext_lazy("registered a business"),
    "business.edit": gettext_lazy("changed a business"),
    "business.export": gettext_lazy("noted an export"),
    "business.list": gettext_lazy("put a business on the list"),
    "business.merge": gettext_lazy("made two records of a business one"),
    "business.unmerge": gettext_lazy("made one record two again"),
    "business.apart": gettext_lazy("said that two records are two businesses"),
    "business.unlist": gettext_lazy("took a business off the list"),
    "business.verify": gettext_lazy("checked facts of a business"),
    "row.add": gettext_lazy("added a fact to a business"),
    "row.edit": gettext_lazy("changed a fact of a business"),
    "row.remove": gettext_lazy("removed a fact of a business"),
    "product.add": gettext_lazy("added a product"),
    "product.edit": gettext_lazy("changed a product"),
    "product.remove": gettext_lazy("removed a product"),
    "steward.owner": gettext_lazy("named the owner of a business"),
    "steward.companion": gettext_lazy("noted a companion and the owner's consent"),
    "buyer.name": gettext_lazy("named a buyer"),
    "steward.withdraw": gettext_lazy("ended what somebody may do for a business"),
    "mission.enter": gettext_lazy("entered a foreign mission"),
    "representative.register": gettext_lazy("registered a representative"),
    "representative.edit": gettext_lazy("changed a representative"),
    "representative.list": gettext_lazy("put a representative on the list"),
    "buyer.edit": gettext_lazy("changed a buyer"),
    "buyer.list": gettext_lazy("put a buyer on the list"),
    "buyer.verify": gettext_lazy("checked a buyer"),
    "business.export_withdraw": gettext_lazy("took a noted export back"),
    "import.take": gettext_lazy("uploaded a register"),
    "import.confirm": gettext_lazy("confirmed an import"),
    "import.decide": gettext_lazy("said which rows of a register are known already"),
    "import.rows": gettext_lazy("wrote rows of a register"),
    "import.write": gettext_lazy("finished an import"),
    "import.undo": gettext_lazy("undid an import"),
    "note.write": gettext_lazy("noted something on a business"),
    "note.pin": gettext_lazy("kept a note on top, or no longer"),
    "note.remove": gettext_lazy("took a note away"),
    "filter.save": gettext_lazy("kept a filter of the list"),
    "filter.change": gettext_lazy("changed a kept filter"),
    "filter.remove": gettext_lazy("forgot a kept filter"),
    "bulk.begin": gettext_lazy("began an action on many businesses"),
    "bulk.end": gettext_lazy("finished an action on many businesses"),
    "bulk.undo": gettext_lazy("began to undo an action on many businesses"),
}


def entries_of(actor: Actor) -> Iterable[Entry]:
    """Officers find businesses and representatives in the main navigation."""
    if actor.agencies():
        yield Entry(gettext_lazy("Businesses"), reverse("businesses"), REGISTERS)
        yield Entry(gettext_lazy("Representatives"), reverse("representatives"), REGISTERS)
        yield Entry(gettext_lazy("Buyers"), reverse("buyers"), REGISTERS)


def cards_of(actor: Actor) -> Iterable[Card]:
    """Owners and companions see their businesses with what to do next; officers imports that wait for
    them."""
    yield from _certificates(actor)
    yield from _own(list(public_facts(own_businesses(actor))))
    if actor.agencies():
        waiting = imports_for(actor).filter(state=Import.State.PREVIEW).first()
        if waiting is not None:
            good = waiting.report.get("good", 0)
            body = ngettext("%(n)s row is ready.", "%(n)s rows are ready.", good) % {"n": good}
            title = _("%(file)s waits to be confirmed") % {"file": waiting.file_name}
            yield Card(title, body, reverse("import_preview", args=[waiting.pk]), _("Look and confirm"), 20)
        yield from _doubles(actor)


def _doubles(actor: Actor) -> Iterable[Card]:
    found = counts(actor)
    total = sum(found.values())
    if total:
        title = ngettext("%(n)s pair may be one business", "%(n)s pairs may be one business", total)
        body = _("%(n)s almost certainly. Two records of one business are invited twice and counted twice.")
        yield Card(
            title % {"n": total}, body % {"n": found["sure"]}, reverse("doubles"), _("Look and decide"), 8
        )


def _certificates(actor: Actor) -> Iterable[Card]:
    """A warning for each certificate of one's own that ended or is about to, the first few."""
    for one in due_of(actor)[:NAMED]:
        assert one.valid_until is not None  # what makes it due
        day, over = formats.day(one.valid_until, weekday=False), one.state(today("Asia/Jakarta")) == "ended"
        title = _("%(certificate)s ended") if over else _("%(certificate)s ends soon")
        body = _("%(business)s, until %(day)s. Renew it and enter the new one.")
        url = reverse("my_row", args=[one.business_id, "certificates", one.pk])
        words = {"business": one.business.name, "day": day}
        yield Card(
            title % {"certificate": one}, body % words, url, _("Renew the certificate"), 15 if over else 12
        )


def _own(mine: list[Business]) -> Iterable[Card]:
    """One's only business with its next step; of several one card that counts what they need."""
    if len(mine) == 1:
        yield _card(mine[0])
    elif mine:
        groups = grouped(mine)
        needed = " · ".join(f"{group.label}: {len(group.entries)}" for group in groups[:MOST_NEEDED])
        title = _("Your %(n)s businesses") % {"n": formats.number(len(mine))}
        is_done = groups[0].entries[0][1] is None
        yield Card(title, needed, reverse("my_businesses"), _("Show all"), 0 if is_done else 10)


def _card(business: Business) -> Card:
    step = missing_step(business)
    url = reverse("my_business", args=[business.pk])
    if step is None:
        return Card(business.name, _("Everything that guests ask for is there."), url, _("Open"))
    return Card(business.name, step.why, step.url, step.label, 10)


def doubles_topic(topic: str) -> TopicInfo | None:
    """What ``doubles:7`` is about: the list of agency 7."""
    agency = Agency.objects.filter(pk=id_in(topic, "doubles")).first()
    if agency is None:
        return None
    return TopicInfo(_("Possible doubles"), reverse("doubles"), frozenset({agency.pk}))


def topic_of(topic: str) -> TopicInfo | None:
    """What ``import:7`` is about."""
    source = Import.objects.filter(pk=id_in(topic, "import")).first()
    if source is None:
        return None
    return TopicInfo(
        source.file_name, reverse("import_preview", args=[source.pk]), frozenset({source.agency_id})
    )


def bulk_topic(topic: str) -> TopicInfo | None:
    """What ``bulk:7`` is about."""
    found = Bulk.objects.filter(pk=id_in(topic, "bulk")).first()
    if found is None or found.action not in actions:
        return None
    title = str(actions[found.action]().label)
    return TopicInfo(title, reverse("bulk", args=[found.pk]), frozenset({found.agency_id}))
