"""Bind each seed to its person: in the row of somebody else it opens no longer."""

import base64

from django.db import migrations

from kern import crypto

OLD = "mfa_authenticator.data"
KEYS = ("secret", "seed")  # of the codes, of the recovery codes


def bind(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.all():
        found = [key for key in KEYS if key in row.data]
        for key in found:
            plain = crypto.unseal(base64.b64decode(row.data[key]), place=OLD)
            sealed = crypto.seal(plain, place=f"{OLD}|{row.user_id}")
            row.data[key] = base64.b64encode(sealed).decode()
        if found:
            row.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("kring", "0003_sessie"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(bind)]
