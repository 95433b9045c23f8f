"""What officers can do to many businesses at once; every action is the service that does it to one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.models import Agency, AuditEntry, Membership, Message
from ekspora.core.numbers import id_in
from ekspora.core.services import jobs, outbox
from ekspora.directory import business_list
from ekspora.directory.completeness import missing_step
from ekspora.directory.forms.bulk import BulkForm, FileForm, NoteForm, OtherAgencyForm
from ekspora.directory.forms.filters import FilterForm
from ekspora.directory.models import Bulk, BulkRow, Business, ImportedRow, Merger, Note, Stewardship
from ekspora.directory.queries.businesses import listed, public_facts
from ekspora.directory.services import bulk, businesses, notes
from ekspora.directory.services.bulk import Action, Outcome, Step

ASK = "business.complete"


def narrowing(chosen: Bulk) -> FilterForm | None:
    """The filter as the agency that acts reads it: a list of another agency is nothing to it. None without a person."""
    actor = _acting(chosen)
    return FilterForm(QueryDict(chosen.query), actor=actor) if actor else None


def selected(chosen: Bulk) -> QuerySet[Business]:
    """Those that were ticked, or that fit the filter now, on the list of the agency that acts."""
    actor, form = _acting(chosen), narrowing(chosen)
    if actor is None or form is None:
        return Business.objects.none()
    if chosen.chosen is None:
        return listed(actor, form.filters())
    return listed(actor).filter(pk__in=chosen.chosen)


def _acting(chosen: Bulk) -> Actor | None:
    role = frozenset({(str(Membership.Role.OFFICER), chosen.agency_id)})
    return Actor(chosen.person, role) if chosen.person else None


def register() -> None:
    """Fill this room's part of the registry."""
    bulk.selected.register("list", selected)
    for order, (name, action) in enumerate(ACTIONS.items()):
        bulk.actions.register(name, action, order=order * 10)


def _note() -> Action:
    return Action(
        label=_("Add a note"), does=_("Each of these businesses gets your note."), button=_("Add the note"),
        each=_write_note, undo=_unwrite_note, form=NoteForm,
    )  # fmt: skip


def _write_note(step: Step, found: list[Business]) -> Iterable[Outcome]:
    told = step.arguments
    for business in found:
        note = notes.write(
            business=business, agency=step.agency, actor=step.actor.person, text=told["text"],
            is_pinned=told["is_pinned"],
        )  # fmt: skip
        yield Outcome(business, memo={"note": note.pk})


def _unwrite_note(step: Step, row: BulkRow) -> str:
    note = Note.objects.filter(pk=row.memo["note"], agency=step.agency).first()
    if note is not None:
        notes.remove(note=note, actor=step.actor.person)
    return ""


def _share() -> Action:
    return Action(
        label=_("Share with another agency"), button=_("Share"), each=_share_each, undo=_unshare,
        does=_("The other agency keeps these businesses too: its officers see and change the records, contacts included."),  # noqa: E501  # one sentence
        form=OtherAgencyForm,
    )  # fmt: skip


def _share_each(step: Step, found: list[Business]) -> Iterable[Outcome]:
    other = Agency.objects.get(pk=step.arguments["to"])
    for business in found:
        is_new = businesses.list_with(business=business, agency=other, actor=step.actor.person)
        yield Outcome(business, "" if is_new else _("The other agency keeps it already."))


def _is_kept(row: BulkRow, agency: Agency) -> bool:
    return row.business.listings.filter(agency=agency).exists()


def _unshare(step: Step, row: BulkRow) -> str:
    if not _is_kept(row, step.agency):
        return _("It is no longer on your list.")
    return _take_back(step, row, Agency.objects.get(pk=step.arguments["to"]))


def _take_back(step: Step, row: BulkRow, other: Agency) -> str:
    """Off the other agency's list, unless it has worked with the business: then it is theirs as well."""
    if _has_worked(step, row, other):
        return _("The other agency has worked with it since.")
    businesses.unlist(business=row.business, agency=other, actor=step.actor.person)
    return ""


def _has_worked(step: Step, row: BulkRow, other: Agency) -> bool:
    """Whether the other agency or one of its people did anything with the business since it was shared."""
    business, since, kind = row.business, step.bulk.begun_at, Business._meta.label_lower
    people = other.memberships.values("person")
    entries = AuditEntry.objects.filter(
        Q(chain=other.pk) | Q(actor_id__in=people),
        at__gte=since,
        target_type=kind,
        target_id=str(business.pk),
    )
    stated = Q(stated_by__in=people, stated_at__gte=since) | Q(verified_by__in=people, verified_at__gte=since)
    done = (
        entries.exclude(action__in=("business.list", "business.unlist")),
        business.statements.filter(stated),
        Note.objects.filter(business=business, agency=other),
        ImportedRow.objects.filter(source__agency=other, target_type=kind, target_id=business.pk),
        BulkRow.objects.filter(business=business, bulk__agency=other, is_done=True),
    )
    others = (works(business, other, step.agency) for works in bulk.works_with)
    return any(found.exists() for found in done) or any(others)


def _hand_over() -> Action:
    return Action(
        label=_("Hand over to another agency"), button=_("Hand over"), each=_hand_each, undo=_hand_back,
        does=_("The other agency keeps these businesses from now on, and yours no longer does: you will not see them any more."),  # noqa: E501  # one sentence
        form=OtherAgencyForm,
    )  # fmt: skip


def _hand_each(step: Step, found: list[Business]) -> Iterable[Outcome]:
    other, actor = Agency.objects.get(pk=step.arguments["to"]), step.actor.person
    for business in found:
        is_new = businesses.list_with(business=business, agency=other, actor=actor)
        businesses.unlist(business=business, agency=step.agency, actor=actor)
        yield Outcome(business, memo={"new": is_new})


def _hand_back(step: Step, row: BulkRow) -> str:
    """Back on one's own list as long as the other agency keeps it, which may have to go on doing so."""
    other = Agency.objects.get(pk=step.arguments["to"])
    if Merger.objects.filter(gone=row.business, undone_at=None).exists():
        return _("It was merged into another business since.")
    if not _is_kept(row, other):
        return _("The other agency no longer keeps it.")
    businesses.list_with(business=row.business, agency=step.agency, actor=step.actor.person)
    if row.memo["new"]:
        _take_back(step, row, other)
    return ""


def _inactive() -> Action:
    return Action(
        label=_("Mark as no longer active"), button=_("Mark as no longer active"), form=BulkForm,
        does=_("These businesses stay in the register with the day on which you noted that they no longer work. They do not count as active."),  # noqa: E501  # one sentence
        each=_stop, undo=_go_on,
    )  # fmt: skip


def _stop(step: Step, found: list[Business]) -> Iterable[Outcome]:
    day = today("Asia/Jakarta")
    for business in found:
        if business.inactive_since is not None:
            yield Outcome(business, _("It was marked already."))
            continue
        businesses.edit(business=business, actor=step.actor.person, values={"inactive_since": day})
        yield Outcome(business, memo={"day": day.isoformat()})


def _go_on(step: Step, row: BulkRow) -> str:
    if not _is_kept(row, step.agency):
        return _("It is no longer on your list.")
    if not Business.objects.filter(pk=row.business_id, inactive_since=row.memo["day"]).exists():
        return _("Somebody changed it since.")
    businesses.edit(business=row.business, actor=step.actor.person, values={"inactive_since": None})
    return ""


def _active() -> Action:
    return Action(
        label=_("Mark as active again"), button=_("Mark as active again"), form=BulkForm,
        does=_("These businesses work again."), each=_begin_again,
    )  # fmt: skip


def _begin_again(step: Step, found: list[Business]) -> Iterable[Outcome]:
    for business in found:
        values = {"inactive_since": None}
        is_new = businesses.edit(business=business, actor=step.actor.person, values=values)
        yield Outcome(business, "" if is_new else _("It is active."))


def _ask() -> Action:
    return Action(
        label=_("Ask the owners to complete their record"), button=_("Prepare the messages"), form=BulkForm,
        does=_("For each owner who can be reached a message is prepared with the one most useful thing that is missing and a personal link. Nothing is sent before you release it. Your agency asks an owner about a business once a month at most."),  # noqa: E501  # what is agreed to
        each=_ask_each, undo=_unask, writes_messages=True,
    )  # fmt: skip


def _ask_each(step: Step, found: list[Business]) -> Iterable[Outcome]:
    drafts = []
    wanted = public_facts(Business.objects.filter(pk__in=[one.pk for one in found]))
    for business in wanted.prefetch_related("stewards__person"):
        owners = [s.person for s in business.stewards.all() if s.role == Stewardship.Role.OWNER]
        reached = [owner for owner in owners if outbox.channel_for(owner) is not None]
        if not reached:
            yield Outcome(business, _("No owner with a phone number or an email is named."))
        elif missing_step(business) is None:
            yield Outcome(business, _("Nothing is missing."))
        elif new := _not_asked([_question(business, owner, step) for owner in reached]):
            drafts += new
            yield Outcome(business, memo={"keys": [draft.key for draft in new]})
        else:
            yield Outcome(business, _("The owner was asked this month already."))
    outbox.prepare(agency=step.agency, topic=step.bulk.topic, drafts=drafts, actor=step.actor.person)


def _not_asked(drafts: list[outbox.Draft]) -> list[outbox.Draft]:
    """Those that are not sent yet and wait in no queue."""
    over = (Message.State.CANCELLED, Message.State.FAILED)
    asked = Message.objects.filter(key__in=[draft.key for draft in drafts]).exclude(state__in=over)
    keys = set(asked.values_list("key", flat=True))
    return [draft for draft in drafts if draft.key not in keys]


def _question(business: Business, owner: Any, step: Step) -> outbox.Draft:
    with translation.override(owner.language):
        missing = missing_step(business)
        assert missing is not None  # asked before
        values = {
            "name": owner.protocol_name, "business": business.name, "agency": step.agency.name,
            "step": missing.label, "why": missing.why, "link": outbox.PLACE_OF_LINK,
        }  # fmt: skip
        body = _(
            "Dear %(name)s,\n\n%(agency)s keeps %(business)s in the register of businesses. One thing would help most "
            "now: %(step)s. %(why)s\n\nOpen your page here; nothing has to be entered twice:\n%(link)s\n\n%(agency)s"
        )
        month = f"{today('Asia/Jakarta'):%Y-%m}"
        return outbox.Draft(
            person=owner, kind=ASK, key=f"complete:{step.agency.pk}:{business.pk}:{owner.pk}:{month}",
            subject=_("Your record: %(business)s") % values, body=body % values,
            link_scope=f"business:{business.pk}", link_target=reverse("my_business", args=[business.pk]),
        )  # fmt: skip


def _unask(step: Step, row: BulkRow) -> str:
    written = Message.objects.filter(key__in=row.memo["keys"], topic=step.bulk.topic)
    sent = written.filter(state__in=(Message.State.SENT, Message.State.SENDING))
    why = _("The message was sent already.") if sent.exists() else ""
    for message in written.exclude(pk__in=sent):
        outbox.cancel(message=message, officer=step.actor.person)
    return why


def _file() -> Action:
    return Action(
        label=_("Export as a file"), button=_("Make the file"), form=FileForm, whole=_write_file,
        does=_("A file with one line for each business, contacts included. It can be downloaded for a week; then it is deleted."),  # noqa: E501  # one sentence
    )  # fmt: skip


def _write_file(step: Step, found: "QuerySet[Business]", handle: jobs.Handle) -> Mapping[str, Any]:
    return business_list.keep(step.bulk, found, step.arguments["kind"], handle)


def reachable_scope(scope: str) -> list[int]:
    """The one business that a link of the scope ``business:7`` reaches."""
    return [id_in(scope, "business")]


ACTIONS = {
    "note": _note,
    "ask": _ask,
    "share": _share,
    "hand_over": _hand_over,
    "inactive": _inactive,
    "active": _active,
    "file": _file,
}
