from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import ekspora.core.clock


def _person(name: str) -> Any:
    return migrations.AlterField(
        name,
        "person",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="core.person"
        ),
    )


def _consent(name: str) -> Any:
    return migrations.AddField(
        name,
        "consent",
        models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="%(class)ss", to="directory.consent"
        ),
    )


def _who(related_name: str) -> Any:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name=related_name, to="core.person"
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0003_report_links"), ("directory", "0011_claims_as_told")]
    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(choices=[("record", "the record is kept"), ("companion", "a companion acts for the business")], default="record", max_length=10)),
                ("wording", models.TextField(verbose_name="agreed to in these words")),
                ("version", models.CharField(max_length=20, verbose_name="version of the words")),
                ("how", models.CharField(max_length=200, verbose_name="how it was given")),
                ("given_on", models.DateField(verbose_name="given on")),
                ("paper", models.FileField(blank=True, upload_to="consents/", verbose_name="letter of consent")),
                ("recorded_at", models.DateTimeField(default=ekspora.core.clock.now)),
                ("recorded_as", models.CharField(choices=[("owner", "the owner"), ("companion", "the companion"), ("officer", "an officer")], max_length=10)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("business", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="consents", to="directory.business")),
                ("companion", _who("+")),
                ("person", _who("consents")),
                ("recorded_by", _who("+")),
            ],
            options={"verbose_name": "consent", "verbose_name_plural": "consents", "ordering": ("pk",)},
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("wording", ""), _negated=True),
                    models.Q(("version", ""), _negated=True),
                    models.Q(("how", ""), _negated=True),
                ),
                name="consent_is_proven",
            ),
        ),
        _person("claim"),
        _person("registration"),
        _consent("claim"),
        _consent("registration"),
    ]
