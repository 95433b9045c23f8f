"""How one promise is named on the pages of the evening, for either side."""

from django.utils.translation import gettext as _

from ekspora.deals import kinds
from ekspora.deals.models import Commitment
from ekspora.meetings.queries.outcomes import step_words
from ekspora.ui import formats


def words_of(one: Commitment, reader: str) -> str:
    """A promise in words for a side ("maker", "guest").

    Where it came of a meeting its own words are the note of whoever told it: only that side reads them.
    """
    return _words(one, reader, kinds.wording(one.kind, is_mine=one.side == reader))


def report_words(one: Commitment, reader: str) -> str:
    """The same for readers who were not there: what was promised, not to whom of them."""
    return _words(one, reader, step_words(one.kind, formats.country(one.representative.mission.country)))


def _words(one: Commitment, reader: str, what: str) -> str:
    may_read = one.text and (one.encounter_id is None or one.side == reader)
    if one.kind == "other" and may_read:
        return one.text
    if one.fair:
        what = f"{what}: {one.fair}"
    return f"{what} ({one.text})" if may_read else what


def due_of(one: Commitment) -> str:
    """By when, or how it ended."""
    day = formats.day(one.due, weekday=False)
    if one.state == Commitment.State.KEPT:
        return _("kept")
    if one.state == Commitment.State.DROPPED:
        return _("will not come about")
    return _("by %(day)s") % {"day": day}
