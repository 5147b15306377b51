"""A vote: what is asked under which rules, how it stands, what came of it (MR 9.2, 10, 2).

`opgave` what holds when a vote opens, `stand` who is there and who voted, `telling` the result by
`reglement.besluitvorming`, `doorslag` who breaks a tie, `scherm` the panels of a running meeting.
"""
