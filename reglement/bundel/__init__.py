"""The published bundle of a decision: what anybody needs to compute its result again (BV-11).

`controleer_besluit` is the offline checker. It shares nothing with the product: the product takes
the shape of the file from it (`as_file`, `fingerprint`, `pack`), the law it has of its own. The
fields of a bundle, moments in UTC with microseconds:

- formaat, kring, nummer, vorige (the check number of the decision before it);
- besluit: id, soort, uitkomst, genomen_op, tekst; agendapunt: id, nummer, titel;
- vergadering: id, titel, plaats, op_afstand, begint_op, opgeroepen_op, geopend_op;
- reglement: versie, sha256, bestuursoptie, meerderheidsoptie, lijst, lezing;
- stemming: id, vraag, voorstel, regel, zitting, geheim, betrokkene, herstemming_van, geopend_op,
  gesloten_op;
- deelnemers: id, naam, status, vertegenwoordiger; aanwezigheid: deelnemer, soort, op_afstand, op;
- stemmen (by name): deelnemer, naam, keuze, op; opkomst (secret): ids; aantallen per choice;
- belangen: naam; doorslag: functie, naam, eigen_belang, plaatsvervanger, keuze, op;
- uitslag: `Stemuitslag.to_dict` with leden, aanwezig and blanco.
"""
