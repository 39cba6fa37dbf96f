from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("agreements", "0003_standings_of_published_versions")]

    operations = [
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', 'in-force')), fields=('agreement',), name='agreement_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(condition=models.Q(('standing__in', ('awaiting-signature', 'signed'))), fields=('agreement',), name='agreement_to_come_once'),
        ),
    ]
