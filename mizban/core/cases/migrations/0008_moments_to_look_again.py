from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_versions_written_at_desks'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='wake_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('wake_at__isnull', False)), fields=['wake_at'], name='case_to_wake'),
        ),
    ]
