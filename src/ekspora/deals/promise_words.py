"""How one promise is named on the pages of the evening, for either side."""

from django.utils.translation import gettext as _

from ekspora.deals import kinds
from ekspora.deals.models import Commitment
from ekspora.ui import formats


def words_of(one: Commitment, reader: str) -> str:
    """A promise in words for a side ("maker", "guest").

    Where it came of a meeting its own words are the note of whoever told it: only that side reads them.
    """
    is_mine = one.side == reader
    may_read = one.text and (one.encounter_id is None or is_mine)
    if one.kind == "other" and may_read:
        return one.text
    what = kinds.wording(one.kind, is_mine=is_mine)
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
