"""The certificate of a recipient: taken in after a question by phone, and taken away."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from kern import logboek, smime
from kern.actor import Actor
from kern.tijd import db_now
from kring.models import EigenTandarts
from verslag.kanaalkeuze import ZIN, object_to
from verslag.kanalen.feiten import facts_of_certificate
from verslag.models import Certificaat


class CertificaatGeweigerd(Exception):
    """This certificate may not be used for this recipient; the text is a Dutch sentence."""


def judge_certificate(data: bytes, *, ontvanger: EigenTandarts) -> smime.Gegevens:
    """Return what the certificate says, or raise `CertificaatGeweigerd` with every objection."""
    try:
        certificate = smime.read(data)
    except smime.Onbruikbaar as error:
        raise CertificaatGeweigerd(str(error)) from error
    objections = object_to(facts_of_certificate(certificate), email=ontvanger.email, nu=db_now())
    if objections:
        because = _(" en ").join(ZIN[reden] for reden in objections)
        raise CertificaatGeweigerd(
            _("We kunnen dit certificaat niet gebruiken, omdat %s.") % because
        )
    if not smime.can_encrypt_for(certificate):
        raise CertificaatGeweigerd(_("Met de sleutel in dit certificaat lukt versleutelen niet."))
    return smime.facts(certificate)


@transaction.atomic
def add_certificaat(
    ontvanger: EigenTandarts, *, data: bytes, nagevraagd: str, by: Actor
) -> Certificaat:
    """Take a certificate in; it replaces the one that stood. Raises `CertificaatGeweigerd`."""
    EigenTandarts.objects.select_for_update().get(pk=ontvanger.pk)
    found = judge_certificate(data, ontvanger=ontvanger)
    ontvanger.certificaten.filter(ingetrokken_op__isnull=True).update(ingetrokken_op=Now())
    row = Certificaat.objects.create(
        kring_id=ontvanger.kring_id,
        ontvanger=ontvanger,
        pem=smime.pem_of(smime.read(data)),
        vingerafdruk=found.vingerafdruk,
        geldig_van=found.geldig_van,
        geldig_tot=found.geldig_tot,
        nagevraagd=nagevraagd,
        door_id=by.person_id,
    )
    _record("certificaat.toegevoegd", "C", row, by)
    return row


@transaction.atomic
def withdraw_certificaat(certificaat: Certificaat, *, by: Actor) -> bool:
    """Use it no longer; return False when that was so already."""
    rows = Certificaat.objects.filter(pk=certificaat.pk, ingetrokken_op__isnull=True)
    if not rows.update(ingetrokken_op=Now(), gewijzigd_op=Now()):
        return False
    _record("certificaat.ingetrokken", "U", certificaat, by)
    return True


def _record(gebeurtenis: str, actie: str, row: Certificaat, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="certificaat",
        object_id=row.pk,
    )
