from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('verslag', '0018_taak_verslag'),
    ]

    operations = [
        migrations.AlterField(
            model_name='taak',
            name='soort',
            field=models.CharField(choices=[('niet_bezorgd', 'bericht niet bezorgd'), ('adres_fout', 'adres klopt niet'), ('ongelezen', 'verslag niet opgehaald'), ('geen_kanaal', 'geen veilige weg naar de ontvanger'), ('code', 'ontvanger komt niet binnen'), ('antwoord', 'antwoord van de eigen tandarts'), ('versturen', 'verslag kan nu naar de eigen tandarts'), ('bijlage', 'bijlage ging niet mee'), ('verbeteren', 'patiënt vraagt verbetering van het verslag')], max_length=12, verbose_name='soort'),
        ),
    ]
