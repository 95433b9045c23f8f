from typing import Any

from django.db import migrations


def written_down(apps: Any, _editor: Any) -> None:
    """What was agreed to so far stands with registrations and claims: it becomes a record of its own."""
    consents, roles = apps.get_model("directory", "Consent"), apps.get_model("directory", "Stewardship").objects
    for name in ("Registration", "Claim"):
        for row in apps.get_model("directory", name).objects.exclude(wording=""):
            acting = roles.filter(business=row.business_id) if name == "Registration" else roles.none()
            companion = acting.filter(person=row.person_id, role="companion").first()
            owner = acting.filter(role="owner").values_list("person_id", flat=True).first()
            row.consent = consents.objects.create(
                person_id=owner if companion else row.person_id, business_id=row.business_id,
                companion_id=row.person_id if companion else None, wording=row.wording, version="1",
                how=(companion.consent_note if companion else "") or "–", given_on=row.begun_at.date(),
                recorded_at=row.begun_at, recorded_by_id=row.person_id,
                recorded_as="companion" if companion else "owner", paper=getattr(row, "paper", ""),
            )
            row.save(update_fields=["consent"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_consents")]
    operations = [migrations.RunPython(written_down, migrations.RunPython.noop)]
