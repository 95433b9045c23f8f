"""Forms sent twice make one deal and one step; a step knows the export it showed."""

import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def give_keys(apps: Any, schema_editor: Any) -> None:
    for name in ("Deal", "DealStep"):
        model = apps.get_model("deals", name)
        for pk in model.objects.values_list("pk", flat=True):
            model.objects.filter(pk=pk).update(key=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0003_forward'),
        ('directory', '0004_buyer_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name=name, name='key', field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        )
        for name in ('deal', 'dealstep')
    ] + [migrations.RunPython(give_keys, migrations.RunPython.noop)] + [
        migrations.AlterField(
            model_name=name, name='key', field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        )
        for name in ('deal', 'dealstep')
    ] + [
        migrations.AddField(
            model_name='dealstep',
            name='export',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.exportrecord'),
        ),
    ]
