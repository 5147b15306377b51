"""For every rule of .ci/semgrep: code that must be found (ruleid) and code that must not (ok).

`PROEVEN[rule] = [(path in the house, code that is wrong, code that is right), …]`.
"""

TAAK = "from celery import shared_task\n@shared_task(ignore_result=True)\n"

PROEVEN = {
    "sql-uit-tekst": [
        (
            "triage/a.py",
            'def f(cursor, naam):\n    q = f"SELECT {naam}"\n    cursor.execute(q)',
            'def f(cursor, naam):\n    cursor.execute("SELECT %s", [naam])',
        ),
        (
            "triage/b.py",
            "def f(cursor, naam):\n    cursor.execute(\"SELECT '%s'\" % naam)",
            'def f(c, n):\n    c.execute(sql.SQL("DROP {}").format(sql.Identifier(n)))',
        ),
        (
            "triage/c.py",
            'def f(naam):\n    return Oproep.objects.all().raw("SELECT " + naam)',
            'def f(naam):\n    return Oproep.objects.raw("SELECT %s", [naam])',
        ),
    ],
    "orm-extra": [
        (
            "triage/d.py",
            'Oproep.objects.filter(a=1).extra(where=["1=1"])',
            "extra(where=1)",
        )
    ],
    "veldnaam-van-buiten": [
        (
            "triage/views.py",
            'def f(request, rows):\n    veld = request.GET.get("sorteer", "")\n'
            "    return rows.order_by(veld)",
            'def f(request, rows):\n    naam = request.GET.get("naam", "")\n'
            "    return rows.filter(naam=naam).order_by('naam')",
        ),
        (
            "triage/views/x.py",
            "def f(request, rows):\n    return rows.filter(**request.GET.dict())",
            "def f(request, rows):\n    return rows.filter(**{'a': 1})",
        ),
    ],
    "omleiding-van-buiten": [
        (
            "kring/views/a.py",
            'def f(request):\n    return redirect(request.GET["next"])',
            'def f(request):\n    return redirect("kring:start", request.GET["kring"])',
        )
    ],
    "schrijven-buiten-actie": [
        (
            "rooster/views.py",
            "def f(dienst):\n    Dienst.objects.filter(pk=1).update(soort='x')",
            "def f(dienst):\n    gegevens = {}\n    gegevens.update(a=1)",
        ),
        (
            "rooster/admin.py",
            "def f(dienst):\n    dienst.delete()",
            "def f(dienst):\n    delete_dienst(dienst, by=1)",
        ),
    ],
    "context-zetten": [
        ("triage/e.py", "set_context([1, 2])", "context = set_kleur(1)"),
        (
            "triage/f.py",
            "def f(cursor):\n    cursor.execute(\"SELECT set_config('app.kringen', '1', true)\")",
            "def f(cursor):\n    cursor.execute(\"SELECT current_setting('app.kringen')\")",
        ),
    ],
    "kringcontext-in-verzoek": [
        (
            "verslag/views/a.py",
            "def f(request):\n    with kring_context(1):\n        pass",
            "def f(request):\n    return request.kring",
        )
    ],
    "taak-argument": [
        (
            "triage/tasks.py",
            f"{TAAK}def f(patient: str) -> None:\n    pass",
            f"{TAAK}def f(oproep_id: str, kring_id: int) -> None:\n    pass",
        ),
        (
            "verslag/tasks.py",
            f"{TAAK}def f(kring_id, bsn):\n    pass",
            f"{TAAK}def f(kring_id):\n    pass",
        ),
    ],
    "taak-buiten-de-deur": [
        (
            "triage/g.py",
            "def f(oproep):\n    maak_pdf.delay(oproep)",
            "def f(oproep):\n    hint_worker(maak_pdf, oproep.pk)",
        )
    ],
    "csv-buiten-de-schrijver": [
        ("kring/views/b.py", "import csv", "from kern import csv"),
        ("kring/views/c.py", "from csv import writer", "from kern.csv import response"),
    ],
    "stroom-buiten-de-transactie": [
        (
            "kring/views/d.py",
            "def f(rows):\n    return StreamingHttpResponse(rows)",
            "def f(rows):\n    return HttpResponse(rows)",
        )
    ],
    "kommagetal": [
        ("kring/models.py", "x = models.FloatField()", "x = models.DecimalField()"),
    ],
    "onveilige-html": [
        (
            "kern/templatetags/a.py",
            "def f(naam):\n    return mark_safe(naam)",
            'def f(naam):\n    return format_html("<b>{}</b>", naam) + mark_safe("<br>")',
        ),
        (
            "kern/templatetags/b.py",
            "def f(tekst, naam):\n    return format_html(tekst, naam)",
            'def f(rijen):\n    return format_html_join("", "<i>{}</i>", rijen)',
        ),
    ],
    "onveilige-html-uit-tekst": [
        (
            "kern/templatetags/c.py",
            'def f(naam):\n    return mark_safe(f"<b>{naam}</b>")',
            'def f(naam):\n    return format_html("<b>{}</b>", f"{naam}")',
        )
    ],
    "sjabloon-zonder-ontsmetten": [
        ("templates/a.html", "<p>{{ naam|safe }}</p>", "<p>{{ naam }} is safe</p>"),
        (
            "triage/templates/b.html",
            "{% autoescape off %}{{ naam }}{% endautoescape %}",
            "{{ naam|escape }}",
        ),
    ],
    "sjabloon-inline": [
        ("templates/c.html", '<p style="color: red">x</p>', '<p class="stijl">x</p>'),
        (
            "templates/d.html",
            "<script>alert(1)</script>",
            '<script type="module" src="/static/a.js"></script>',
        ),
        ("templates/e.html", '<button\n  onclick="x()">', '<button name="ondertekenen">'),
        ("templates/f.html", '<a href="javascript:x()">', '<a href="/javascript/">'),
    ],
    "sjabloon-vreemde-bron": [
        (
            "templates/g.html",
            '<img src="https://elders.example/a.png">',
            '<a href="https://elders.example/">x</a>',
        ),
        (
            "templates/h.html",
            '<link rel="stylesheet" href="//elders.example/a.css">',
            '<link rel="stylesheet" href="/static/a.css">',
        ),
    ],
    "csrf-uit": [
        (
            "kring/views/e.py",
            "@csrf_exempt\ndef f(request):\n    pass",
            "@require_POST\ndef f(request):\n    pass",
        )
    ],
    "script-html-uit-tekst": [
        ("static/js/a.js", "vak.innerHTML = tekst;", "vak.textContent = tekst;"),
        ("static/js/b.js", 'vak.insertAdjacentHTML("beforeend", t);', "vak.append(t);"),
        ("static/js/c.js", "eval(tekst);", "evalueer(tekst);"),
    ],
    "log-met-inhoud": [
        (
            "triage/h.py",
            'def f(oproep):\n    log.info("Oproep %s", oproep)',
            'def f(oproep):\n    log.info("Oproep %s van %s", oproep.pk, oproep.kring_id)',
        ),
        (
            "triage/i.py",
            'def f(request):\n    log.warning(f"Vreemd: {request.POST}")',
            'def f(error):\n    log.warning("Vreemd: %s", type(error).__name__)',
        ),
        (
            "triage/j.py",
            'def f(error, pk):\n    logger.error("Fout in %s: %s", pk.pk, str(error))',
            'def f(error):\n    logger.exception("Fout")',
        ),
    ],
    "afdrukken": [
        ("triage/k.py", "print(1)", "def f(self):\n    self.stdout.write('1')"),
    ],
    "netwerk-buiten-adapter": [
        ("triage/l.py", "import requests", "from triage import requests_lijst"),
        (
            "triage/m.py",
            "from urllib.request import urlopen",
            "from urllib.parse import quote",
        ),
        ("triage/n.py", "import smtplib", "import ssl"),
    ],
    "tls-zonder-controle": [
        ("kern/sms.py", "post('https://x', verify=False)", "post('https://x', verify=True)"),
        (
            "kern/kanalen.py",
            "def f(context):\n    context.check_hostname = False",
            "def f(context):\n    context.check_hostname = True",
        ),
    ],
    "tekst-als-code": [
        ("triage/o.py", "def f(x):\n    return eval(x)", "def f(x):\n    return int(x)"),
        ("triage/p.py", "def f(x):\n    return yaml.load(x)", "json.loads('1')"),
        (
            "triage/q.py",
            "def f(x):\n    subprocess.run(x, shell=True)",
            "def f(x):\n    subprocess.run([x], check=True)",
        ),
    ],
    "klok-zonder-zone": [
        ("triage/r.py", "nu = datetime.now()", "nu = datetime.now(UTC)"),
        ("triage/s.py", "dag = timezone.now().date()", "dag = timezone.localdate()"),
    ],
}
