"""Third stage: the timetable is computed by the job an officer starts, published, and messages are prepared."""

from ekspora.core.errors import DomainError
from ekspora.core.services import jobs
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.services import publishing, solving
from ekspora.web.demo.stage import Stage

SECONDS = 5


def schedule(stage: Stage) -> TimetableVersion:
    """Publish the newest version, computed first if there is none."""
    officer, versions = stage.officers["lead"], stage.activity.versions
    if not versions.exists():
        job = solving.start_solving(
            activity=stage.activity, actor=officer, seconds=SECONDS, base=None, as_before=False, back_to="/"
        )
        jobs.run_job.call(job.pk)
        job.refresh_from_db()
        if not versions.exists():
            raise DomainError(job.error or str(job.result))
    return publishing.publish(version=versions.latest("number"), actor=officer, seen=0)
