"""Seal the BSN, and keep a blind index to find the same number again within a kring."""

import kern.velden
import kern.versleuteld
from django.db import migrations, models

from kern.migraties import Versleutel


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0002_oproep_afgebroken'),
    ]

    operations = [
        migrations.AddField(
            model_name='patient',
            name='bsn_index',
            field=kern.versleuteld.BlindeIndex(van='bsn'),
        ),
        Versleutel(
            "Patient",
            bsn=kern.velden.BsnField(blank=True, max_length=9, verbose_name='BSN'),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(
                condition=models.Q(('bsn_index', ''), _negated=True),
                fields=['kring', 'bsn_index'],
                name='patient_bsn',
            ),
        ),
    ]
