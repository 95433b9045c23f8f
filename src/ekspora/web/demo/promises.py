"""What became of the promises in the months after: most kept, some given up, a few forgotten."""

import random
from datetime import datetime, time, timedelta

from ekspora.core import clock
from ekspora.deals.models import Commitment
from ekspora.deals.services import commitments
from ekspora.demand.models import Outcome, Side
from ekspora.ui import formats
from ekspora.web.demo.stage import Stage

SEED = 1955
Step = Outcome.Step
KEPT, GIVEN_UP = 0.6, 0.15
DONE = {
    Step.SAMPLES: "Contoh dikirim lewat pos udara, resi disimpan (rekaan).",
    Step.PRICES: "Daftar harga dalam dolar dikirim lewat surel (rekaan).",
    Step.FAIR: "Undangan pameran diterima (rekaan).",
    Step.BUYERS: "Pembeli diperkenalkan lewat surel (rekaan).",
    Step.MSME: "Pertemuan daring kedua komunitas berlangsung (rekaan).",
    Step.PHARMA: "Nama penghubung disampaikan (rekaan).",
    Step.OTHER: "Sudah dilakukan (rekaan).",
}
WHY_NOT = {
    Side.MAKER: "Stok habis sampai musim depan (rekaan).",
    Side.GUEST: "Anggaran tahun ini habis (rekaan).",
}


def keep(stage: Stage) -> None:
    """Settle promises shortly before they are due; those not settled stay open, and by now they are overdue."""
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, not a secret
    for row in Commitment.objects.filter(scope=stage.activity.scope).order_by("pk"):
        chance, days = draw.random(), draw.randint(1, 5)
        with clock.at(datetime.combine(row.due - timedelta(days=days), time(9, 0), stage.activity.tz)):
            if chance < KEPT:
                _kept(stage, row)
            elif chance < KEPT + GIVEN_UP:
                why = WHY_NOT[Side(row.side)]
                commitments.drop(commitment=row, reason=why, actor=stage.officers["lead"])


def _kept(stage: Stage, row: Commitment) -> None:
    country = row.representative.mission.country
    officer = stage.officers["lead"]
    if row.kind == Step.FAIR:
        name = f"Pameran dagang di {formats.country(country)} (rekaan)"
        commitments.describe_fair(
            commitment=row,
            fair=name,
            fair_country=country,
            fair_on=row.due + timedelta(days=60),
            actor=officer,
        )
    if row.kind == Step.BUYERS:
        name = f"{formats.country(country)} Trading {row.representative_id} (rekaan)"
        commitments.name_buyer(commitment=row, name=name, country=country, kind="importer", actor=officer)
    commitments.settle(commitment=row, account=DONE[Step(row.kind)], actor=officer)
