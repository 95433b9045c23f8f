"""The one next step of a timetable: compute, mend, publish, or release the send queue."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.core.models import Message
from ekspora.meetings.models import TimetableVersion
from ekspora.programmes.models import Activity
from ekspora.ui.formats import number

State = TimetableVersion.State


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now. ``post``: the step is done by posting there ``action``; else ``url`` opens a page."""

    title: str
    text: str
    label: str
    url: str
    action: str = ""


def next_step(activity: Activity, version: TimetableVersion, lost: int, new: int) -> NextStep | None:
    """The next step for a version with ``lost`` meetings that cannot be, lacking ``new`` requests."""
    if version.state == State.REFUSED:
        return None
    if lost and version.state == State.PUBLISHED:
        return NextStep(
            _("Next step"),
            ngettext(
                "%(n)s meeting can no longer take place. Re-plan, so that as few others as possible move.",
                "%(n)s meetings can no longer take place. Re-plan, so that as few others as possible move.",
                lost,
            ) % {"n": number(lost)},
            _("To the day"), reverse("on_the_day", args=[activity.pk]),
        )  # fmt: skip
    if lost:
        return NextStep(
            _("Next step"),
            ngettext(
                "%(n)s meeting can no longer take place. Take it out and bring the version up to date.",
                "%(n)s meetings can no longer take place. Take them out and bring the version up to date.",
                lost,
            ) % {"n": number(lost)},
            _("Bring up to date"), reverse("timetable_move", args=[activity.pk, version.number]), "update",
        )  # fmt: skip
    if version.state != State.PUBLISHED:
        text = _("Version %(n)s is not published.") % {"n": version.number}
        if new:
            text += " " + ngettext(
                "%(n)s request came after it; compute again to include it.",
                "%(n)s requests came after it; compute again to include them.",
                new,
            ) % {"n": number(new)}
        url = reverse("timetable_publish", args=[activity.pk, version.number])
        return NextStep(_("Next step"), text, _("Review and publish"), url)
    waiting = waiting_messages(activity)
    if waiting["email"] or waiting["whatsapp"]:
        text = _("Send queue: %(email)s emails, %(whatsapp)s WhatsApp messages are waiting.") % {
            "email": number(waiting["email"]), "whatsapp": number(waiting["whatsapp"])
        }  # fmt: skip
        return NextStep(
            _("Next step"), text, _("Open the send queue"), reverse("queue", args=[activity.scope])
        )
    return None


def waiting_messages(activity: Activity) -> dict[str, int]:
    """Messages of the activity that wait for an officer, by channel."""
    waiting = [Message.State.DRAFT, Message.State.RELEASED]
    return Message.objects.filter(topic=activity.scope, state__in=waiting).aggregate(
        email=Count("pk", filter=Q(channel=Message.Channel.EMAIL)),
        whatsapp=Count("pk", filter=Q(channel=Message.Channel.WHATSAPP)),
    )
