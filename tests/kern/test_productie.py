"""The files of production name only what exists; that they run can be seen on a server only."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def commands() -> list[tuple[str, list[str]]]:
    found = [(name, service.get("command", [])) for name, service in SERVICES.items()]
    return [(n, c[2:]) for n, c in found if isinstance(c, list) and c[1:2] == ["manage.py"]]


@pytest.mark.parametrize(("service", "argv"), commands())
def test_every_command_exists_and_takes_its_arguments(service, argv):
    app = get_commands()[argv[0]]
    command = load_command_class(app, argv[0]) if isinstance(app, str) else app
    command.create_parser("manage.py", argv[0]).parse_args(argv[1:])


def test_the_night_runs_services_of_the_profile():
    unit = (ROOT / "systemd" / "spoed-kopie.service").read_text()
    lines = re.findall(r"^ExecStart=\S+ compose --profile (\w+) run --rm (\w+)$", unit, re.M)
    assert lines == [("kopie", "kopie"), ("kopie", "herstelproef")]
    for profile, service in [*lines, ("kopie", "herstel")]:
        assert SERVICES[service]["profiles"] == [profile]


def test_only_the_night_gets_the_addresses_and_the_key_of_the_copies():
    secret = {"SPOED_KOPIE_URL", "SPOED_HERSTEL_URL", "SPOED_KOPIE_SLEUTEL"}
    for name, service in SERVICES.items():
        given = secret & set(service.get("environment") or {})
        expected = {
            "kopie": secret - {"SPOED_HERSTEL_URL"},
            "herstelproef": secret - {"SPOED_KOPIE_URL"},
        }
        assert given == expected.get(name, set()), name


def test_the_heads_that_leave_are_those_that_the_drill_reads():
    writer, reader = SERVICES["sweeper"], SERVICES["herstelproef"]
    assert writer["environment"]["SPOED_LOGKOP_MAP"] == reader["environment"]["SPOED_LOGKOP_MAP"]
    assert "./logkoppen:/logkoppen" in writer["volumes"]
    assert "./logkoppen:/logkoppen:ro" in reader["volumes"]
