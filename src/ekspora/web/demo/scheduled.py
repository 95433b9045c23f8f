"""Third stage: the timetable is computed by the job an officer starts, published, and messages are prepared."""

from ekspora.core.errors import DomainError
from ekspora.core.services import jobs
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.services import publishing, solving
from ekspora.web.demo.stage import Stage

SECONDS = 20


def schedule(stage: Stage) -> TimetableVersion:
    """Compute and publish the first version."""
    officer = stage.officers["lead"]
    job = solving.start_solving(
        activity=stage.activity, actor=officer, seconds=SECONDS, base=None, as_before=False, back_to="/"
    )
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    version = stage.activity.versions.first()
    if version is None:
        raise DomainError(job.error or str(job.result))
    return publishing.publish(version=version, actor=officer, seen=0)
