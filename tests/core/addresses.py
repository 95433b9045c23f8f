"""Who may use the addresses of this room."""

from typing import Any

from ekspora.core.models import AccessLink, Job, Message, Paper
from ekspora.core.services import erasure, jobs, links, outbox
from tests.permissions.rows import OFFICERS, Row
from tests.world import ACTORS, World

EVERYBODY = frozenset(ACTORS)
ANY_OFFICER = OFFICERS | {"other_officer"}
ENTRANCE = frozenset({200, 302})
THERE = frozenset({200})
BACK = frozenset({302})
NEEDS_SECOND_FACTOR = "needs a second factor; test_second_factor has one"


def _message(world: World, *, state: str = Message.State.RELEASED) -> Message:
    return Message.objects.create(
        agency=world.lead, topic=world.activity.scope, kind="invitation", key="a",
        person=world.people["owner"], channel="whatsapp", address="+628111111111", language="id",
        body="Halo {link}", state=state, link_scope=world.activity.scope,
    )  # fmt: skip


def _about(world: World) -> tuple[Any, ...]:
    _message(world, state=Message.State.DRAFT)
    return (world.activity.scope,)


def _one(world: World) -> tuple[Any, ...]:
    return (_message(world).pk,)


def _job(world: World) -> tuple[Any, ...]:
    job: Job = jobs.start(
        kind=outbox.SEND, arguments={}, agency=world.lead, person=world.people["lead_officer"],
        topic=world.activity.scope,
    )  # fmt: skip
    return (job.pk,)


def _wish(world: World) -> tuple[Any, ...]:
    owner = world.people["owner"]
    token = links.issue(
        person=owner, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=world.activity.scope,
    )  # fmt: skip
    link = links.find(token)
    assert link is not None
    erasure.ask(link=link)
    return (owner.pk,)


def _paper(world: World) -> tuple[Any, ...]:
    made = Paper.objects.create(
        agency=world.lead, kind="evidence", target_id=7, label="SPK", url="/evidence/7/"
    )
    return (made.pk,)


ROWS: list[Row] = [
    Row("link", public=True, arguments=lambda world: ("no-such-token",), ok=frozenset({404}),
        note="the token is the permission; test_sign_in tries real ones"),
    Row("account_login", public=True),
    Row("account_request_login_code", public=True, ok=ENTRANCE),
    Row("account_confirm_login_code", public=True, ok=ENTRANCE, note="without a code asked for, back"),
    Row("account_logout", public=True, ok=ENTRANCE),
    Row("account_inactive", public=True),
    Row("account_signup", public=True, note="explains how people join; nobody registers here"),
    Row("mfa_authenticate", public=True, ok=BACK, note="only in the middle of a sign-in"),
    Row("mfa_index", allowed=EVERYBODY),
    Row("mfa_reauthenticate", allowed=EVERYBODY, ok=frozenset({403}), note=NEEDS_SECOND_FACTOR),
    Row("mfa_activate_totp", allowed=EVERYBODY),
    Row("mfa_deactivate_totp", allowed=EVERYBODY, ok=frozenset({404}), note=NEEDS_SECOND_FACTOR),
    Row("mfa_view_recovery_codes", allowed=EVERYBODY, ok=frozenset({404}), note=NEEDS_SECOND_FACTOR),
    Row("mfa_generate_recovery_codes", allowed=EVERYBODY),
    Row("mfa_download_recovery_codes", allowed=EVERYBODY, ok=frozenset({404}), note=NEEDS_SECOND_FACTOR),
    Row("set_language", public=True, method="post", data={"language": "en"}, ok=BACK),
    Row("queue", allowed=OFFICERS, arguments=_about, ok=THERE),
    Row("queue_release", allowed=OFFICERS, arguments=_about, method="post", data={"all": "1"}, ok=BACK),
    Row("queue_automatic", allowed=OFFICERS, arguments=_about, method="post", data={"kind": "invitation"},
        ok=BACK),
    Row("queue_message", allowed=OFFICERS, arguments=_one, ok=THERE),
    Row("queue_open", allowed=OFFICERS, arguments=_one, method="post", ok=frozenset({302, 303}),
        note="302 tells the second officer that the first has it open"),
    Row("queue_sent", allowed=OFFICERS, arguments=_one, method="post", ok=BACK),
    Row("queue_cancel", allowed=OFFICERS, arguments=_one, method="post", ok=BACK),
    Row("job", allowed=OFFICERS, arguments=_job, ok=THERE),
    Row("job_progress", allowed=OFFICERS, arguments=_job, ok=THERE),
    Row("job_stop", allowed=OFFICERS, arguments=_job, method="post", ok=BACK),
    Row("my_data", allowed=EVERYBODY, ok=THERE),
    Row("my_data_export", allowed=EVERYBODY, ok=THERE),
    Row("my_data_erase", allowed=EVERYBODY, method="post", ok=BACK, note="each only their own"),
    Row("my_data_ask", method="post", note="only by a limited link; test_erasure has one"),
    Row("erasure", allowed=frozenset({"lead_officer"}), arguments=_wish, ok=THERE),
    Row("papers", allowed=ANY_OFFICER, ok=THERE),
    Row("paper_decide", allowed=frozenset({"lead_officer"}), arguments=_paper, method="post", ok=BACK),
    Row("audit", allowed=ANY_OFFICER, ok=THERE),
    Row("health", public=True),
]  # fmt: skip
