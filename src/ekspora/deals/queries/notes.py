"""What "something else" was: the note of whoever told it, for their own side and for officers only."""

from collections.abc import Iterable

from ekspora.deals.models import Commitment
from ekspora.demand.models import Outcome


def notes_of(rows: Iterable[Commitment]) -> dict[int, str]:
    """The note behind each promise of "something else" that nobody put into words. One query."""
    unnamed = [row for row in rows if row.kind == Outcome.Step.OTHER and not row.text and row.encounter_id]
    told = Outcome.objects.filter(encounter__in=[row.encounter_id for row in unnamed], is_current=True)
    notes: dict[tuple[int | None, str], str] = {
        (outcome.encounter_id, outcome.side): outcome.note for outcome in told
    }
    return {row.pk: notes.get((row.encounter_id or 0, row.side), "") for row in unnamed}
