"""This room's stops on the line of an activity: plan, invite and the day itself."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.core import clock
from ekspora.core.actors import Actor
from ekspora.core.models import Message
from ekspora.programmes import queries, rules
from ekspora.programmes.models import Activity
from ekspora.programmes.overview import Figure, Step, Todo, panels
from ekspora.programmes.slots import capacity, slots_of

_WAITING = (Message.State.DRAFT, Message.State.RELEASED, Message.State.FAILED)


def plan(_actor: Actor, activity: Activity) -> Iterator[Step]:
    """An agenda with slots, and people on both sides."""
    slots = slots_of(activity, queries.agenda(activity))
    sides = {side: sum(answers.values()) for side, answers in queries.answers(activity).items()}
    agenda, participants = reverse("agenda", args=[activity.pk]), reverse("participants", args=[activity.pk])
    todo = None
    if not slots:
        text = _("Presentations, meeting blocks and visits. The meeting slots follow from it.")
        todo = Todo(_("Write the agenda"), text, _("To the agenda"), agenda)
    elif not all(sides.values()):
        side = next(side for side, count in sides.items() if not count)
        text = _("From your lists, by sector, or from a spreadsheet.")
        todo = Todo(_("Add participants"), text, _("Add participants"), f"{participants}add/?side={side}")
    figures = (
        Figure(len(slots), _("slots"), agenda),
        Figure(capacity(slots, activity.tables), _("meetings at most"), agenda),
    )
    yield Step("plan", _("Plan"), agenda, todo is None, figures, todo)


def invite(actor: Actor, activity: Activity) -> Iterator[Step]:
    """Everybody planned is invited, and the messages have left the send queue."""
    counts = queries.answers(activity)
    total = {answer: sum(side[answer] for side in counts.values()) for answer in counts["maker"]}
    told = sum(total.values()) - total["planned"]
    waiting = Message.objects.filter(
        topic=activity.scope, kind="invitation", state__in=_WAITING, agency__in=actor.agencies()
    ).count()
    url = reverse("participants", args=[activity.pk])
    todo = _invite_todo(activity, total["planned"], waiting)
    figures = tuple(
        Figure(number, label, f"{url}?side=all&answer={answer}")
        for number, label, answer in (
            (told, _("invited"), ""),
            (total["accepted"], _("accepted"), "accepted"),
            (total["declined"], _("declined"), "declined"),
            (total["invited"], _("no answer yet"), "invited"),
        )
    )
    done = todo is None and told > 0
    inviting = reverse("invite", args=[activity.pk]) if rules.can_change(actor, activity) else url
    yield Step("invite", _("Invite"), inviting, done, figures, todo)


def _invite_todo(activity: Activity, planned: int, waiting: int) -> Todo | None:
    if planned:
        title = ngettext("%(count)s is not invited yet", "%(count)s are not invited yet", planned)
        text = _("Letters and messages are prepared; nothing is sent before you release it.")
        url = reverse("invite", args=[activity.pk])
        return Todo(title % {"count": planned}, text, _("Prepare invitations"), url)
    if waiting:
        title = ngettext(
            "%(count)s invitation waits in the send queue",
            "%(count)s invitations wait in the send queue",
            waiting,
        )
        text = _("Look through them and let them go: emails leave by themselves, chats one by one.")
        url = reverse("queue", args=[activity.scope])
        return Todo(title % {"count": waiting}, text, _("To the send queue"), url)
    return None


def day(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The day: who was invited, who came; whoever stands at the door is checked in."""
    today, may_change = clock.today(activity.zone), rules.can_change(actor, activity)
    url = reverse("check_in" if may_change else "participants", args=[activity.pk])
    todo = None
    if may_change and activity.starts_on <= today <= activity.ends_on:
        text = _("Tap whoever arrives; the list goes on working when the network is gone.")
        todo = Todo(_("It is the day"), text, _("Check people in"), url)
    figures: tuple[Figure, ...] = ()
    if activity.starts_on <= today:
        counts = queries.attendance(activity)
        everybody = reverse("participants", args=[activity.pk]) + "?side=all"
        figures = (
            Figure(counts["invited"], _("invited"), everybody),
            Figure(counts["came"], _("came"), url),
            Figure(counts["there"], _("there now"), url),
        )
    yield Step("day", _("The day"), url, today > activity.ends_on, figures, todo)


def register() -> None:
    """Fill the line; wishes (30) and timetable (40) come from rooms to the right."""
    panels.register("plan", plan, order=10)
    panels.register("invite", invite, order=20)
    panels.register("day", day, order=50)
