"""The law as pure functions on plain values: dates, decimals and small frozen dataclasses. No database, clock
or settings: callers hand in the day, and the days that a decree or a scheme adds.

Where to find what, with the part of the law it holds (Awb unless named otherwise):

    days           holidays and working days (Algemene termijnenwet, Atw 3), bank days (TARGET)
    rules          the catalogue of terms, each with its length, article and validity
    changes        what changes a running term: suspensions (4:15), letters about delay (4:14)
    terms          `compute`: the last day of a term, moved by the Atw where that applies
    explanations   the lines that explain that day
    term_command   the same, as a command: arguments in, text or JSON out
    penalty        notice of default and penalty for deciding late (4:17, 4:18)
    objection      is an objection in time (6:7 to 6:11)
    zienswijze     must someone be heard first (4:7 to 4:12)
    ranking        who gets what is left under a ceiling (4:25, 4:26)
    state_aid      is it state aid, and of which kind (TFEU 107, Awb 4:35(3))
    de_minimis     how much de-minimis aid one undertaking may still get
    mandate        who may sign (10:1 to 10:3), four eyes, who may decide an objection
    amounts        what a grant and a settlement come to (4:31, 4:46), and rounding to cents
    formats        amounts, dates, percentages and account numbers as Dutch letters write them
    errors         what a caller did wrong, by name, with the values

A refusal that a person will read is a returned value: a complete Dutch sentence that names what the article
says, not only its number. An exception is for whoever calls the function with values that make no case.
"""
