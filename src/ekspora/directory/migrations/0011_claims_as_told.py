from typing import Any

from django.db import migrations, models


def one_of_each(apps: Any, _editor: Any) -> None:
    """Of open claims of one person in the same words the last stays, which may fit what the first did not yet."""
    seen: set[tuple[Any, ...]] = set()
    for claim in apps.get_model("directory", "Claim").objects.filter(state="open").order_by("-pk"):
        told = (claim.person_id, claim.name, claim.nib, claim.number)
        if told in seen:
            claim.state = "withdrawn"
            claim.save(update_fields=["state"])
        seen.add(told)


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_import_resemblances")]
    operations = [
        migrations.RunPython(one_of_each, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="claim", name="one_open_claim_each"),
        migrations.RemoveConstraint(model_name="claim", name="one_unknown_claim_each"),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("person", "name", "nib", "number"),
                name="one_claim_as_told",
            ),
        ),
    ]
