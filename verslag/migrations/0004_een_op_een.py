"""Bind one-to-one keys to the kring as well; `Beveilig` used to look at many-to-one keys only."""

from django.db import migrations

from kern.migraties import Beveilig


class Migration(migrations.Migration):
    dependencies = [("verslag", "0003_verslag_verzegeld")]

    operations = [
        Beveilig("Passantendossier"),
        Beveilig("Verslag"),
        Beveilig("VerslagPdf", parent=False),
        Beveilig("Overdracht"),
    ]
