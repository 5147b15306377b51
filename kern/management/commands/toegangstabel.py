"""Print the access table, one line a route and method, for an auditor."""

from django.core.management.base import BaseCommand

from kern import toegang


class Command(BaseCommand):
    help = "Toont per route en methode wie wat mag, en waarvoor."

    def handle(self, *args, **options):
        for row in toegang.table():
            for method, mag in row.methoden.items():
                who = "iedereen" if mag.openbaar else ", ".join(sorted(mag.rollen)) or "aangemeld"
                name = f"{row.route}:*" if row.prefix else row.route
                self.stdout.write(f"{name}\t{method}\t{who}\t{row.object or '-'}\t{mag.doel}")
