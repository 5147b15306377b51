"""The links of the chain, in the order of the night."""

from spoeddienst.demo.rondgang import aan_de_telefoon, in_de_stoel, overdragen, toezicht
from spoeddienst.demo.rondgang.tijdlijn import Schakel

STAPPEN: tuple[Schakel, ...] = (
    ("inloggen", aan_de_telefoon.sign_in),
    ("telefoon", aan_de_telefoon.take_call),
    ("uitkomst", aan_de_telefoon.ask_questions),
    ("patiënt", aan_de_telefoon.name_patient),
    ("bericht", aan_de_telefoon.send_message),
    ("tandarts gebeld", aan_de_telefoon.call_dentist),
    ("afspraak", aan_de_telefoon.make_appointment),
    ("afronden", aan_de_telefoon.close_call),
    ("gezien", in_de_stoel.see_patient),
    ("startcontrole", in_de_stoel.check_phone),
    ("verslag", in_de_stoel.write_report),
    ("foto", in_de_stoel.add_photo),
    ("ondertekend", in_de_stoel.sign_report),
    ("pdf", in_de_stoel.read_letter),
    ("mail", overdragen.receive_mail),
    ("sms-code", overdragen.ask_code),
    ("foute code", overdragen.wrong_code),
    ("opgehaald", overdragen.pick_up),
    ("niets gelekt", overdragen.search_mail),
    ("andere kring", toezicht.knock_from_elsewhere),
    ("logboek", toezicht.read_log),
    ("toezicht", toezicht.supervise),
)
