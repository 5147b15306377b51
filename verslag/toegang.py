"""Access rows of the verslag app."""

from kern.toegang import Doel, public

REGELS = [
    public("verslag:ophalen", methoden="GET POST", doel=Doel.ZORG, object="overdracht met token"),
    public("verslag:ophalen_pdf", methoden="POST", doel=Doel.ZORG, object="overdracht met token"),
]
