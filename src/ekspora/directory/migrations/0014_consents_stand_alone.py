from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_consents_written_down")]
    operations = [
        migrations.RemoveField("claim", "wording"),
        migrations.RemoveField("registration", "paper"),
        migrations.RemoveField("registration", "wording"),
    ]
