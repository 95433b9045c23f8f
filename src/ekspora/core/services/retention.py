"""Removing what was kept long enough. The times are the table in docs/operators.md."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from ekspora.core import privacy
from ekspora.core.clock import now
from ekspora.core.models import AccessLink, Agency, Job, Message
from ekspora.core.services import audit

LINKS_FOR = timedelta(days=90)
MESSAGES_FOR = timedelta(days=365)
JOBS_FOR = timedelta(days=90)


def tidy() -> dict[str, int]:
    """Let every room remove what each agency has kept long enough; returns what and how much went."""
    total: Counter[str] = Counter()
    for agency in Agency.objects.all():
        total.update(_tidy(agency))
    return dict(total)


@transaction.atomic
def _tidy(agency: Agency) -> dict[str, int]:
    gone: Counter[str] = Counter()
    for expire_of in privacy.expired:
        gone.update({name: count for name, count in expire_of(agency, now()).items() if count})
    if gone:
        audit.record(agency=agency, actor=None, action="retention.tidy", target=agency, details=gone)
    return dict(gone)


def expire(agency: Agency, moment: datetime) -> Mapping[str, int]:
    """This room's part: links and jobs that ended three months ago, messages a year after they were written."""
    links = AccessLink.objects.filter(agency=agency, expires_at__lt=moment - LINKS_FOR)
    messages = Message.objects.filter(agency=agency, prepared_at__lt=moment - MESSAGES_FOR)
    jobs = Job.objects.filter(agency=agency, finished_at__lt=moment - JOBS_FOR)
    return {
        "links": links.delete()[0],
        "messages": messages.exclude(state=Message.State.SENDING).delete()[0],
        "jobs": jobs.delete()[0],
    }
