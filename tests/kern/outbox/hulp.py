"""What the tests of the outbox put in it."""

from kern import outbox


def enqueue(kring, sleutel="een"):
    return outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=sleutel,
        aan="eigen@elders.example",
        onderwerp="Verslag",
        tekst="Er staat een verslag klaar.",
    )


def once(kring, sleutel="een"):
    return outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=sleutel,
        aan="eigen@elders.example",
        onderwerp="Verslag",
        tekst="https://spoeddienst.example/ophalen/geheim/",
        eenmalig=True,
    )
