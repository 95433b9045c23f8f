"""Who may do what with wishes and requests, and until when. Predicates without side effects."""

from ekspora.core.clock import now
from ekspora.programmes.models import Activity


def wishes_are_open(activity: Activity) -> bool:
    """Whether the sides can still mark each other; without a deadline until the activity begins for good."""
    return activity.wishes_until is None or now() <= activity.wishes_until
