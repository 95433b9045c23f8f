from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_consents_stand_alone")]
    operations = [
        migrations.AddField("import", "sheets", models.JSONField(blank=True, default=list)),
    ]
