"""What decides the channel, read from the rows: address book, certificate, DNS, attachments."""

from datetime import datetime

from cryptography import x509
from django.conf import settings
from django.db.models import QuerySet

from kern import nta, smime
from kring.models import EigenTandarts
from verslag.kanaalkeuze import Certificaat as Feiten
from verslag.kanaalkeuze import Ontvanger
from verslag.models import Bijlage, Certificaat, NtaDomein, Verslagversie


def facts_of(ontvanger: EigenTandarts, bijlagen: QuerySet[Bijlage], *, nu: datetime) -> Ontvanger:
    """Return what the choice of a channel is about; three queries."""
    files = list(bijlagen.values_list("grootte", "scan"))
    return Ontvanger(
        email=ontvanger.email,
        telefoon=ontvanger.telefoon,
        adres_fout=ontvanger.controle == EigenTandarts.Controle.FOUT,
        certificaat=_certificate_facts(ontvanger),
        is_nta=is_nta(ontvanger, nu=nu),
        wij_tekenen=smime.signer() is not None,
        wij_hebben_relay=bool(settings.NTA_HOST),
        omvang=sum(size for size, _scan in files),
        bijlage_wacht=any(scan not in Bijlage.LEESBAAR for _size, scan in files),
    )


def attachments_of(versie: Verslagversie) -> QuerySet[Bijlage]:
    """Return the attachments that this version was signed with."""
    return Bijlage.objects.filter(in_versies__versie=versie)


def certificate_of(ontvanger: EigenTandarts) -> Certificaat | None:
    """Return the certificate that stands, whether it may be used or not."""
    return ontvanger.certificaten.filter(ingetrokken_op__isnull=True).first()


def load(certificaat: Certificaat) -> x509.Certificate:
    """Return the certificate as a key to encrypt for."""
    return smime.read(certificaat.pem.encode())


def facts_of_certificate(certificate: x509.Certificate) -> Feiten:
    """Return what the law judges of a certificate."""
    found = smime.facts(certificate)
    return Feiten(
        adressen=found.adressen,
        geldig_van=found.geldig_van,
        geldig_tot=found.geldig_tot,
        bits=found.bits,
        is_voor_mail=found.is_voor_mail,
    )


def _certificate_facts(ontvanger: EigenTandarts) -> Feiten | None:
    row = certificate_of(ontvanger)
    return facts_of_certificate(load(row)) if row else None


def is_nta(ontvanger: EigenTandarts, *, nu: datetime) -> bool | None:
    """Whether the mail domain takes NTA 7516; None when the DNS is silent or we have no relay."""
    if not settings.NTA_HOST:
        return None
    domain = nta.domain_of(ontvanger.email)
    row = NtaDomein.objects.filter(kring_id=ontvanger.kring_id, domein=domain).first()
    return row.is_listed(nu) if row else None
