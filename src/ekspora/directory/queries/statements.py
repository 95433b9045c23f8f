"""Reading who stated what of a business: one query, however much there is to say."""

from dataclasses import dataclass

from ekspora.directory.models import Business, Statement


@dataclass(frozen=True, slots=True)
class Told:
    """The statements that count, by product (None: the business itself) and field."""

    last: dict[tuple[int | None, str], Statement]

    def of(self, field: str, product: int | None = None) -> Statement | None:
        """The last statement of a field, else what was said of its record as a whole; None: nobody stated it.

        A word on the whole record that came later than the field's own does not renew the field: it was said when
        the record was made.
        """
        own = self.last.get((product, field))
        return own or self.last.get((product, ""))


def statements_of(business: Business) -> Told:
    """Every statement on a business and its products."""
    found = Statement.objects.filter(business=business).select_related("stated_by", "verified_by", "origin")
    return Told({(one.product_id, one.field): one for one in found.order_by("pk")})
