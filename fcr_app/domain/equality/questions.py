"""What a victim is asked, word for word, in English and in Welsh, to be read out.

The English follows the harmonised questions and the Census of 2021 with "you"; the Welsh follows
the Census's own Welsh form. It was not yet read by a Welsh-language unit (docs/equality.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fcr_app.domain.equality.answers import Missing
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.language import Said


@dataclass(frozen=True)
class Asked:
    """One question.

    Attributes:
        hint: Read out only if it helps; None where nothing has to be explained.
    """

    text: Said
    hint: Said | None = None


QUESTIONS: Mapping[Item, Asked] = {
    Item.AGE: Asked(
        Said("What is your date of birth?", "Beth yw eich dyddiad geni?"),
        Said(
            "For example, 27 3 1984. If you would rather not give it, tell us your age.",
            "Er enghraifft, 27 3 1984. Os yw’n well gennych beidio â’i roi, rhowch eich oed.",
        ),
    ),
    Item.SEX: Asked(Said("What is your sex?", "Beth yw eich rhyw?")),
    Item.GENDER_IDENTITY: Asked(
        Said(
            "Is the gender you identify with the same as your sex registered at birth?",
            "A yw’r rhywedd rydych yn uniaethu ag ef yr un peth â’ch rhyw a gofrestrwyd pan "
            "gawsoch eich geni?",
        ),
        Said(
            "This question is voluntary. Once answered, it is hidden.",
            "Mae’r cwestiwn hwn yn wirfoddol. Ar ôl ei ateb, bydd yn cael ei guddio.",
        ),
    ),
    Item.ETHNICITY: Asked(
        Said("What is your ethnic group?", "Beth yw eich grŵp ethnig?"),
        Said(
            "Choose the one that best describes your ethnic group or background.",
            "Dewiswch yr un sy’n disgrifio eich grŵp ethnig neu eich cefndir orau.",
        ),
    ),
    Item.RELIGION: Asked(Said("What is your religion?", "Beth yw eich crefydd?")),
    Item.DISABILITY: Asked(
        Said(
            "Do you have any physical or mental health conditions or illnesses lasting or "
            "expected to last 12 months or more?",
            "A oes gennych unrhyw gyflyrau iechyd neu salwch corfforol neu feddyliol sydd wedi "
            "para neu y disgwylir iddynt bara 12 mis neu fwy?",
        ),
    ),
    Item.ORIENTATION: Asked(
        Said(
            "Which of the following best describes your sexual orientation?",
            "Pa un o’r canlynol sy’n disgrifio eich cyfeiriadedd rhywiol orau?",
        ),
        Said("This question is voluntary.", "Mae’r cwestiwn hwn yn wirfoddol."),
    ),
    Item.MARRIAGE: Asked(
        Said(
            "What is your legal marital or registered civil partnership status?",
            "Beth yw eich statws priodasol neu statws partneriaeth sifil gofrestredig cyfreithiol?",
        ),
    ),
    Item.PREGNANCY: Asked(
        Said(
            "Are you pregnant, or have you had a baby in the last 26 weeks?",
            "A ydych yn feichiog, neu a ydych wedi cael babi yn ystod y 26 wythnos diwethaf?",
        ),
    ),
}
#: The second half of the question about disability, asked after a "yes".
EFFECT = Said(
    "Do any of your conditions or illnesses reduce your ability to carry out day-to-day "
    "activities?",
    "A yw unrhyw un o’ch cyflyrau neu salwch yn lleihau eich gallu i gyflawni gweithgareddau o "
    "ddydd i ddydd?",
)

TITLE = Said("Questions about you", "Cwestiynau amdanoch chi")
#: Read out before the first question.
SCRIPT = (
    Said(
        "We ask everybody who is affected by a crime the same questions about themselves.",
        "Rydym yn gofyn yr un cwestiynau amdanynt eu hunain i bawb y mae trosedd yn effeithio "
        "arnynt.",
    ),
    Said(
        "Your answers help us to see whether we treat everybody fairly, and to understand who is "
        "affected by crime. The law asks us to do this.",
        "Mae eich atebion yn ein helpu i weld a ydym yn trin pawb yn deg, ac i ddeall ar bwy y "
        "mae trosedd yn effeithio. Mae’r gyfraith yn gofyn i ni wneud hyn.",
    ),
    Said(
        "You don’t have to answer. You can say “prefer not to say” to any question, answer in any "
        "order, and stop when you like. It changes nothing about how we deal with your report.",
        "Does dim rhaid i chi ateb. Gallwch ddweud “mae’n well gen i beidio â dweud” i unrhyw "
        "gwestiwn, ateb mewn unrhyw drefn, a rhoi’r gorau iddi pan fynnwch. Ni fydd yn newid "
        "unrhyw beth am y ffordd rydym yn delio â’ch adroddiad.",
    ),
    Said(
        "Only the people who need your answers can see them, and we keep a note of each time "
        "somebody looks.",
        "Dim ond y bobl sydd angen eich atebion sy’n gallu eu gweld, ac rydym yn cadw cofnod bob "
        "tro y bydd rhywun yn edrych.",
    ),
)
SCRIPT_HEADING = Said("Read this out first", "Darllenwch hwn yn uchel yn gyntaf")
#: Why there is no answer, for whoever asks; "prefer not to say" is an answer of the victim's own.
MISSING: Mapping[Missing, Said] = {
    Missing.NOT_ASKED: Said("It was not asked", "Ni chafodd ei ofyn"),
    Missing.NOT_UNDERSTOOD: Said(
        "They could not understand the question", "Nid oedd modd deall y cwestiwn"
    ),
    Missing.URGENT: Said("It was too urgent to ask", "Roedd yn rhy frys i ofyn"),
    Missing.NOT_SEEN: Said(
        "Somebody else reported it and we did not speak to the victim",
        "Rhywun arall a roddodd wybod, ac ni siaradwyd â’r dioddefwr",
    ),
    Missing.UNKNOWN: Said("They do not know", "Nid yw’n gwybod"),
}
PREFER_NOT = Said("Prefer not to say", "Mae’n well gen i beidio â dweud")
YES = Said("Yes", "Oes")
NO = Said("No", "Nac oes")
OWN_WORDS = Said("In their own words (optional)", "Yn eu geiriau eu hunain (dewisol)")
WRITE_IN = Said("Please write in (optional)", "Ysgrifennwch (dewisol)")
DAY, MONTH, YEAR = Said("Day", "Diwrnod"), Said("Month", "Mis"), Said("Year", "Blwyddyn")
YEARS_ALONE = Said("Age in years", "Oed mewn blynyddoedd")
YEARS_OLD = Said("Or age in years", "Neu oed mewn blynyddoedd")
SAVE = Said("Save", "Cadw")
SAVED = Said("Answered", "Wedi’i ateb")
DECLINED = Said("Prefers not to say", "Gwell ganddo/ganddi beidio â dweud")
NO_ANSWER = Said("No answer?", "Dim ateb?")
OPEN = Said("Not asked yet", "Heb ei ofyn eto")
HIDDEN = Said(
    "It was answered. The answer is not shown here.",
    "Mae wedi’i ateb. Nid yw’r ateb yn cael ei ddangos yma.",
)
FROM_SIXTEEN = Said(
    "Only asked of people aged 16 and over.", "Dim ond i bobl 16 oed a throsodd y gofynnir hyn."
)
IF_RELEVANT = Said(
    "Only ask this where it bears on the offence.",
    "Gofynnwch hyn dim ond os yw’n berthnasol i’r drosedd.",
)
THANKS = Said(
    "That is everything. Thank you. You can change any answer later by telling us.",
    "Dyna’r cyfan. Diolch. Gallwch newid unrhyw ateb yn ddiweddarach drwy ddweud wrthym.",
)
HAND_BACK = Said(
    "Give this form back to whoever gave it to you. They will enter your answers and then destroy "
    "the paper.",
    "Rhowch y ffurflen hon yn ôl i’r sawl a’i rhoddodd i chi. Bydd yn cofnodi eich atebion ac "
    "yna’n dinistrio’r papur.",
)
TICK_ONE = Said("Tick one box for each question.", "Ticiwch un blwch ar gyfer pob cwestiwn.")
#: With the numbers put in where the braces are, by the page and by its script.
PROGRESS = Said("{answered} of {asked} answered", "Wedi ateb {answered} o {asked}")
SAVED_NOW = Said("Saved", "Wedi’i gadw")
FAILED = Said("It was not saved. Use the button.", "Ni chafodd ei gadw. Defnyddiwch y botwm.")
BIRTH = Said("Date of birth", "Dyddiad geni")
AGE_TOLD = Said("Age as they told it", "Oed fel y dywedwyd wrthym")
AGE_ESTIMATED = Said("Age as you estimate it", "Oed yn ôl eich amcangyfrif")
