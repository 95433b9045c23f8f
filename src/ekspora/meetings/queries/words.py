"""Conflicts of a move and losses of a version, said in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ekspora.meetings.carrying import Loss
from ekspora.meetings.plan import Clash
from ekspora.meetings.queries.people import Who, name, pair
from ekspora.programmes.models import Activity
from ekspora.programmes.slots import Slot
from ekspora.ui.formats import clock, in_zone, language_name


def time_of(activity: Activity, slot: Slot) -> str:
    """When a slot begins on the clock of the place, e.g. 09.25."""
    return clock(in_zone(slot.starts_at, activity.tz))


def speech_in_words(language: str | None) -> str:
    """That a meeting needs an interpreter, e.g. "Arabic interpreter"; empty when it needs none."""
    return _("%(language)s interpreter") % {"language": language_name(language)} if language else ""


def clash_in_words(clash: Clash, people: Mapping[str, Who], table: str) -> str:
    """What is in the way, and of whom."""
    who, other = name(people, clash.who), pair(people, clash.other) if clash.other else ""
    words = {
        "no_slot": _("There are no meetings at this time."),
        "away": _("%(who)s is not available then."),
        "meets": _("%(who)s is in another meeting then: %(other)s."),
        "table_taken": _("Table %(table)s is taken: %(other)s."),
        "table_closed": _("Table %(table)s cannot be used then."),
        "stays": _("%(who)s stays at another table all day."),
        "fixed": _("An officer fixed this meeting to another time."),
        "session": _("This meeting belongs to the other half of the day."),
        "order": _("It has to come before or after %(other)s."),
        "most": _("%(who)s already has the most meetings allowed."),
        "locked": _("This meeting is locked. Unlock it first."),
        "past": _("This time is over."),
        "interpreter": _("No interpreter for %(language)s is free then."),
        "delegation": _("%(who)s sits with the delegation %(what)s, at its tables."),
        "reserved": _("Table %(table)s belongs to the delegation %(what)s."),
        "pause": _("%(who)s would have too many meetings in a row without a pause."),
    }
    language = language_name(clash.what) if clash.code == "interpreter" else ""
    said = {"who": who, "other": other, "table": table, "what": clash.what, "language": language}
    return words[clash.code] % said


def clashes_in_words(found: Sequence[Clash], people: Mapping[str, Who], table: str) -> list[str]:
    """Each conflict once, in order."""
    return list(dict.fromkeys(clash_in_words(clash, people, table) for clash in found))


def loss_in_words(loss: Loss, people: Mapping[str, Who], table: str) -> str:
    """Why a meeting of a version can no longer take place. Whose "no" it may be is not told."""
    if loss.code == "clash":
        return " ".join(clashes_in_words(loss.clashes, people, table))
    words = {
        "person": _("%(who)s is not coming any more."),
        "pair": _("This meeting is no longer asked for."),
        "slot": _("The agenda changed: there are no meetings at this time any more."),
    }
    return words[loss.code] % {"who": name(people, loss.who)}
