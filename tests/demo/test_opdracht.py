"""The command says in its exit code whether the night was whole."""

import pytest
from django.core.management import call_command

from spoeddienst.demo.management.commands import rondgang


@pytest.mark.django_db
def test_without_demo_data_it_says_so_and_fails(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("rondgang")
    assert end.value.code == 1
    assert "✗ begin: de demogegevens zijn niet geladen" in capsys.readouterr().out


@pytest.mark.parametrize(("held", "code"), [(True, None), (False, 1)])
def test_the_exit_code_follows_the_chain(monkeypatch, held, code):
    monkeypatch.setattr(rondgang, "Nacht", lambda adres: None)
    monkeypatch.setattr(rondgang, "play", lambda nacht, schakels, uit: held)
    if code is None:
        call_command("rondgang")
    else:
        with pytest.raises(SystemExit) as end:
            call_command("rondgang")
        assert end.value.code == code
