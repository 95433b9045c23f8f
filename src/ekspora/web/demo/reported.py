"""Fifth stage: the report is complete. What the published report says stands beside what the records count."""

import random
from datetime import time, timedelta

from django.db import transaction
from django.utils.translation import override

from ekspora.core import clock
from ekspora.deals.queries.sending import sending_of
from ekspora.deals.services import evening
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from ekspora.programmes.services import feedback
from ekspora.results.minutes import proposal
from ekspora.results.models import Report
from ekspora.results.queries.reports import contents
from ekspora.results.services import photos, reports
from ekspora.web.demo import deals, promises
from ekspora.web.demo.held import let_go, moment
from ekspora.web.demo.pictures import scene
from ekspora.web.demo.stage import ROMAN, Stage

SEED = 1955
SOURCE = "Laporan kegiatan yang diterbitkan"
# What the published report says, in its wording, and beside which counted figure it stands.
FIGURES = (
    ("22 diplomats from 18 embassies", "Diplomat bidang ekonomi dan atase perdagangan",
     "Diplomats of economic sections and trade attachés", "guest.came"),
    ("a little over 40 small businesses", "Usaha kecil yang berpameran", "Small businesses that exhibited",
     "maker.came"),
    ("eight sectors: fashion, crafts, agro, culinary, footwear, IT, machinery, fishery and marine processing",
     "Sektor pelaku usaha", "Sectors of the businesses", "maker.sectors"),
    ("coffee, footwear, processed food, batik and garments, IT", "Produk yang diminati",
     "Products in which interest was expressed", "meetings.possible"),
)  # fmt: skip
PHOTOS = (
    ("Pembukaan di aula (gambar rekaan)", "crafts"),
    ("Temu bisnis pagi di Gedung Biofarma (gambar rekaan)", "it"),
    ("Kunjungan ke museum Biofarma (gambar rekaan)", "fishery"),
    ("Saung Angklung Udjo (gambar rekaan)", "agro"),
)  # fmt: skip
WORDS = {
    5: ("Well prepared, thank you.", "Jadwalnya jelas, tidak menunggu lama."),
    4: ("Good makers; twenty minutes are short.", "Bagus, waktunya kurang lama."),
    3: ("Please send the product lists earlier.", "Mohon daftar tamu dikirim lebih awal."),
}


@transaction.atomic
def report(stage: Stage) -> None:
    """Feedback of the evening, the report with number, minutes, photos and signature; nothing when it is there."""
    if Report.objects.filter(activity=stage.activity).exists():
        return
    _evening(stage)
    _feedback(stage)
    with clock.at(moment(stage, time(10, 0)) + timedelta(days=6)):
        _figures(stage)
        _photos(stage)
        _words(stage)
    promises.keep(stage)
    deals.follow(stage)


def _evening(stage: Stage) -> None:
    """Everybody who came gets their page of the evening."""
    with clock.at(moment(stage, time(18, 45))):
        people = sending_of(stage.activity).people
        evening.send(activity=stage.activity, people=people, actor=stage.actor("lead"))
        let_go(stage)


def _feedback(stage: Stage) -> None:
    """Two thirds of those who came say how content they were."""
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, not a secret
    for row in programmes.participations(stage.activity).filter(came_at__isnull=False):
        if draw.random() < 0.66 and row.attendee is not None:
            score = draw.choice([3, 4, 4, 4, 5, 5, 5])
            words = WORDS[score][row.side == Participation.Side.MAKER] if draw.random() < 0.3 else ""
            with clock.at(moment(stage, time(19, 0)) + timedelta(minutes=draw.randint(0, 180))):
                feedback.give(participation=row, score=score, words=words, actor=row.attendee)


def _figures(stage: Stage) -> None:
    for wording, label, label_en, beside in FIGURES:
        values = {
            "wording": wording, "label": label, "label_en": label_en, "source": SOURCE, "source_date": None,
            "beside": beside,
        }  # fmt: skip
        reports.note_figure(activity=stage.activity, values=values, actor=stage.actor("lead"))


def _photos(stage: Stage) -> None:
    for caption, sector in PHOTOS:
        data = scene(caption, sector)
        photos.add(activity=stage.activity, data=data, caption=caption, actor=stage.actor("lead"))


def _words(stage: Stage) -> None:
    activity, actor, today = stage.activity, stage.actor("lead"), clock.today(stage.activity.zone)
    draft = proposal(activity, programmes.agenda(activity), contents(activity, actor))
    with override("id"):
        minutes = draft.replace(": …", ": terlaksana sesuai acara.")
    values = {
        "number": f"061/LAP/{ROMAN[today.month - 1]}/{today.year}/62 (rekaan)", "dated": today, "minutes": minutes,
        "signatory": "Ratna Kusumawardhani (rekaan)", "signatory_position": "Sekretaris Direktorat Jenderal",
        "signatory_number": "19700101 199503 2 000 (rekaan)", "signed_on": today + timedelta(days=2),
    }  # fmt: skip
    reports.write(activity=activity, values=values, actor=actor)
