from datetime import timedelta

from django.db import migrations


def fill(apps, schema_editor):
    """Of the versions on paper the last one binds; it has the title and services of its agreement."""
    Agreement = apps.get_model("agreements", "Agreement")
    for agreement in Agreement.objects.all():
        versions = list(agreement.versions.order_by("number"))
        for version, later in zip(versions, [*versions[1:], None]):
            version.title, version.services = agreement.title, agreement.services
            version.in_force_on = version.entered_at.date()
            if later:
                version.standing, version.closed_on = "replaced", later.entered_at.date()
            elif version.valid_until:
                # The worker looks at it and finds out what is to be said (keeping.py).
                version.wake_on = version.valid_until - timedelta(days=90)
            version.save()


class Migration(migrations.Migration):

    dependencies = [("agreements", "0002_drafts_signatures_standings_and_endings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
