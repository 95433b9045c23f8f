"""This room's part of the start page, the main navigation, the trail and the jobs."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.home import REGISTERS, Card, Entry
from ekspora.core.models import Agency, Person
from ekspora.core.numbers import id_in
from ekspora.core.topics import TopicInfo
from ekspora.directory.completeness import grouped, missing_step
from ekspora.directory.models import Bulk, Business, Claim, Import
from ekspora.directory.queries.arrivals import is_open
from ekspora.directory.queries.businesses import businesses_for, due_of, own_businesses, public_facts
from ekspora.directory.queries.doubles import counts
from ekspora.directory.queries.imports import imports_for
from ekspora.directory.rules import may_bring_in
from ekspora.directory.services.bulk import actions
from ekspora.ui import formats

# How many certificates the start page names, and how many things a companion's businesses need.
NAMED, MOST_NEEDED = 5, 3
MANY = 20  # files that wait are counted to here
FIRST_LIST = 11  # before planning an activity: whom should it invite?

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
    "import.sheets": gettext_lazy("chose the sheets of a register"),
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
        yield Entry(gettext_lazy("Imports"), reverse("imports"), REGISTERS)


def cards_of(actor: Actor) -> Iterable[Card]:
    """Owners and companions see their businesses with what to do next; officers imports that wait for
    them."""
    yield from _certificates(actor)
    yield from _own(list(public_facts(own_businesses(actor))))
    if may_bring_in(actor) and is_open() and not _has_begun(actor.person):
        title = _("Register your business")
        yield Card(title, _("A few answers are enough to begin."), reverse("my_business_new"), title, 10)
    if actor.agencies():
        yield from _first_list(actor)
        yield from _imports(list(imports_for(actor).filter(state=Import.State.PREVIEW)[:MANY]))
        yield from _doubles(actor)


def _has_begun(person: Person) -> bool:
    """Whether they act for a business, or wait to hear that one is theirs."""
    return person.stewardships.exists() or person.claims.filter(state=Claim.State.OPEN).exists()


def _first_list(actor: Actor) -> Iterable[Card]:
    """An office that keeps no business yet begins by importing the list it has."""
    if not businesses_for(actor).exists():
        body = _("Import the list you have as a spreadsheet, or register the first business by hand.")
        url = reverse("import_new") + "?as=businesses"
        yield Card(_("No businesses yet"), body, url, _("Import a list"), FIRST_LIST)


def _imports(waiting: list[Import]) -> Iterable[Card]:
    """The only file that waits; of several how many."""
    if len(waiting) == 1:
        good = waiting[0].report.get("good", 0)
        body = ngettext("%(n)s row is ready.", "%(n)s rows are ready.", good) % {"n": good}
        title = _("%(file)s waits to be confirmed") % {"file": waiting[0].file_name}
        yield Card(title, body, reverse("import_preview", args=[waiting[0].pk]), _("Look and confirm"), 20)
    elif waiting:
        title = _("%(n)s files wait to be confirmed") % {"n": len(waiting)}
        names = ", ".join(one.file_name for one in waiting[:NAMED])
        yield Card(title, names, reverse("imports"), _("Look and confirm"), 20)


def _doubles(actor: Actor) -> Iterable[Card]:
    found = counts(actor)
    total = sum(found.values())
    if total:
        title = ngettext("%(n)s pair may be one business", "%(n)s pairs may be one business", total)
        body = _("Two records of one business are invited twice and counted twice.")
        if found["sure"]:
            body = _("%(n)s almost certainly.") % {"n": found["sure"]} + " " + body
        yield Card(title % {"n": total}, body, reverse("doubles"), _("Look and decide"), 8)


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
