"""An importer's question about a business, asked through a report that a mission passed on."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from ekspora.core.models import AccessLink, Agency
from ekspora.core.services import audit
from ekspora.deals.models import Inquiry
from ekspora.directory.models import Business, Mission


@transaction.atomic
def ask(
    *,
    key: UUID,
    link: AccessLink,
    business: Business,
    mission: Mission,
    agency: Agency,
    scope: str,
    values: Mapping[str, str],
) -> Inquiry:
    """Keep a question, credited to the mission. The same form sent twice (the same ``key``) is one question.

    ``values``: name, company, country (ISO code), email, words.
    """
    facts = {"link": link, "business": business, "mission": mission, "agency": agency, "scope": scope}
    inquiry, is_new = Inquiry.objects.get_or_create(key=key, defaults={**facts, **values})
    if is_new:
        details = {"business": business.pk, "mission": mission.pk}
        audit.record(agency=agency, actor=None, action="inquiry.ask", target=inquiry, details=details)
    return inquiry
