"""A computation in words: how far it is, or why there is no timetable."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ekspora.core.models import Job
from ekspora.engines.meetings import Progress
from ekspora.meetings.queries.people import Who, name, pair
from ekspora.ui.formats import number, said


@dataclass(frozen=True, slots=True)
class Solving:
    """The last computation: ``running`` with its progress, or ``fault`` when it ended without a timetable."""

    job: Job
    running: bool
    text: str
    percent: int | None
    fault: str = ""


def solving_of(job: Job, people: Mapping[str, Who]) -> Solving:
    """The state of a job that computes a timetable."""
    running = job.finished_at is None
    told = job.progress.get("text")
    text = said(told) if told else job.get_state_display()
    return Solving(job, running, text, job.progress.get("percent"), "" if running else _fault(job, people))


def progress_in_words(progress: Progress) -> dict[str, str]:
    """How far a search is, in every language: the best so far, its bound, the gap between them."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts[code] = _words(progress)
    return texts


def _words(p: Progress) -> str:
    seconds = number(round(p.seconds))
    if p.breaks is not None:
        return _("Closing idle gaps: %(value)s now, at least %(bound)s. %(seconds)s seconds.") % {
            "value": number(p.breaks), "bound": number(p.breaks_bound or 0), "seconds": seconds,
        }  # fmt: skip
    if p.weight_bound is None:
        return _("Choosing meetings. %(seconds)s seconds.") % {"seconds": seconds}
    return _(
        "Choosing meetings: weight %(value)s now, at most %(bound)s (gap %(gap)s). %(seconds)s seconds."
    ) % {
        "value": number(p.weight), "bound": number(p.weight_bound),
        "gap": number(p.weight_bound - p.weight), "seconds": seconds,
    }  # fmt: skip


def _fault(job: Job, people: Mapping[str, Who]) -> str:
    if job.state == Job.State.FAILED:
        return job.error
    if job.result.get("status") == "unknown":
        return _(
            "No timetable was found in the time given, and none was proven impossible. Give it more time."
        )
    return _conflict(job.result["conflict"], people) if job.result.get("conflict") else ""


def _conflict(conflict: Mapping[str, Any], people: Mapping[str, Who]) -> str:
    """Proven infeasible: which required meetings stand against each other."""
    if not conflict["requests"]:
        return said(conflict["text"])
    return _(
        "Proven: these required meetings cannot all take place: %(requests)s. People involved: %(people)s."
    ) % {
        "requests": ", ".join(pair(people, key) for key in conflict["requests"]),
        "people": ", ".join(name(people, identity) for identity in conflict["participants"]) or "–",
    }  # fmt: skip
