"""Access rows of the demo: open, because the demo itself is local only (demo.E010)."""

from kern.toegang import public

REGELS = [
    public("demo:paneel"),
    public("demo:aanmelden", methoden="POST", object="demopersoon"),
    public("demo:berichten"),
    public("demo:codes"),
    public("demo:galerij", methoden="GET POST"),
]
