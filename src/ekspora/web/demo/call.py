"""First stage: registers imported, everybody invited, answers coming in."""

from datetime import datetime, time

from django.utils.translation import override

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.models import Agency, Message, Person
from ekspora.core.services import outbox
from ekspora.directory.models import Business, Mission, Representative
from ekspora.directory.services import businesses, products, registrations, stewards
from ekspora.directory.services.importing import upload, writing
from ekspora.programmes.models import Participation
from ekspora.programmes.services import answers, invitations, participants
from ekspora.ui import formats
from ekspora.web.demo.pictures import picture
from ekspora.web.demo.stage import DATA, Stage

UNKNOWN_RESIDENCE = "Malaysia atau Singapura; laporan tidak menyebut yang mana"


def fill(stage: Stage) -> None:
    """Bring both registers in through the import an officer uses, and add what no register holds."""
    _import(stage, "businesses", "pelaku-usaha.csv", stage.office, "office")
    _import(stage, "representatives", "perwakilan.csv", stage.lead, "lead")
    for business in Business.objects.prefetch_related("products"):
        _finish(business, stage)
    Mission.objects.filter(residence_country="").update(residence_note=UNKNOWN_RESIDENCE)
    _precedence()
    _companion(stage)
    registrations.receive(agency=stage.office, provinces=[""], actor=stage.officers["office"])


def _precedence() -> None:
    """The order of protocol among missions of one rank: by the English name of the country."""
    with override("en"):
        guests = sorted(
            Representative.objects.select_related("mission"),
            key=lambda guest: (formats.country(guest.mission.country), guest.pk),
        )
    for order, guest in enumerate(guests, start=1):
        guest.precedence = order
    Representative.objects.bulk_update(guests, ["precedence"])


def _import(stage: Stage, kind: str, name: str, agency: Agency, officer: str) -> None:
    source = upload.take(
        agency=agency, actor=stage.actor(officer), kind=kind, file_name=name, data=(DATA / name).read_bytes(),
        scope=stage.activity.scope,
    )  # fmt: skip
    writing.write(source=source)


def _finish(business: Business, stage: Stage) -> None:
    """What the demonstration adds: both agencies keep it, it is marked as invented, its products have pictures."""
    businesses.list_with(business=business, agency=stage.lead, actor=stage.officers["lead"])
    real = business.size == "large" or "Bio Farma" in business.name
    values = {"size": "large"} if real else {"is_fictitious": True, "size": "small"}
    businesses.edit(business=business, actor=None, values=values)
    for product in [] if real else business.products.all():
        photo = picture(product.name, business.sector)
        products.edit(product=product, actor=None, values={}, photo=photo)


def _companion(stage: Stage) -> None:
    """A companion enters for three businesses whose owners agreed."""
    wulan = Person.objects.create(
        name="Wulan Sari", email="wulan.sari@example.org", phone="+628120000999", language="id",
        position="Pendamping UMKM",
    )  # fmt: skip
    for name in ("Kopi Puntang Lestari", "Teh Gunung Halu", "Keripik Singkong Ciwidey"):
        stewards.name_companion(
            business=Business.objects.get(name=name), person=wulan, actor=stage.officers["office"],
            consent="lisan di kantor Dinas, dicatat petugas",
        )  # fmt: skip
    stage.people["companion"] = wulan


def invite(stage: Stage) -> None:
    """Letters and messages for all, released and sent, as an officer would."""
    activity, officer = stage.activity, stage.officers["lead"]
    big = activity.participations.get(business__name__contains="Bio Farma")
    participants.set_terms(
        participation=big, is_featured=True, most_meetings=None, table=1, actor=stage.actor("lead")
    )
    invitations.invite(activity=activity, letter={}, side=None, actor=stage.actor("lead"))
    outbox.release(agency=stage.lead, topic=activity.scope, message_ids=None, officer=officer)
    for message in Message.objects.filter(topic=activity.scope, state=Message.State.RELEASED):
        message.state, message.sent_at = Message.State.SENT, now()
        message.save(update_fields=["state", "sent_at"])


def answer(stage: Stage, *, share: float) -> None:
    """The first ``share`` of the invited answer; one mission sends a substitute, two guests leave early."""
    rows = list(
        stage.activity.participations.filter(answer=Participation.Answer.INVITED)
        .select_related("representative__person", "representative__mission", "person", "activity")
        .order_by("id")
    )
    for row in rows[: round(len(rows) * share)]:
        _accept(stage, row)


def _accept(stage: Stage, row: Participation) -> None:
    activity = stage.activity
    code = row.representative.mission.country if row.representative else ""
    person = row.representative.person if row.representative else row.person
    actor = Actor(person) if person and row.representative else stage.actor("office")
    leaves = {"FJ": time(14, 0), "KH": time(17, 35)}.get(code)
    substitute = None
    if code == "ZW":
        substitute = answers.Name(
            title="Ms.", name="Rudo Moyo", position="First Secretary", email="guest23@example.org"
        )
    answers.accept(
        participation=row, actor=actor, substitute=substitute,
        leaves_at=datetime.combine(activity.starts_on, leaves, activity.tz) if leaves else None,
    )  # fmt: skip
