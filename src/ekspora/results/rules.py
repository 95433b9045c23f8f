"""When a report is due. Predicates and dates without side effects."""

from datetime import date, timedelta

from ekspora.programmes.models import Activity

# Trade Ministry Regulation (Permendag) 14/2025, article 8: the report of a trade fair abroad is due within 30
# days. No such term is known for other activities; the same one is kept to.
WITHIN = timedelta(days=30)


def due(activity: Activity) -> date:
    """The day by which the report of an activity is to be signed."""
    return activity.ends_on + WITHIN
