"""The signed report as a FHIR R4 document: plain values in, a dict of JSON values out.

`document` makes it, `invarianten.check` says what is wrong with one. Knows no rows, no requests,
no clock: the same signed version always gives the same bytes. Decision 0034.
"""

from verslag.fhir.document import Beeld, document

__all__ = ["Beeld", "document"]
