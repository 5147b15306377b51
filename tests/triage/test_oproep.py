"""The call screen over HTTP: every door in good order, with bad input, and for the wrong person."""

import pytest

from triage.models import Oproep


def test_new_call_leads_to_its_screen(client, url, kring):
    response = client.post(url("nieuw"))
    oproep = Oproep.objects.get(kring=kring)
    assert response.status_code == 302
    assert response["Location"] == url("oproep", oproep)
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert "Kies eerst de klacht" in page.content.decode()
