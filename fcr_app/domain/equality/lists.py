"""The code lists of every item but ethnicity, and where to find each item's list.

The texts are those of the Census of 2021 in England and Wales, whose Welsh form is its own and no
translation of ours; see docs/equality.md for what still has to be checked.
"""

from collections.abc import Mapping
from datetime import date

from fcr_app.domain.equality.codes import Code, CodeList, list_on
from fcr_app.domain.equality.ethnicity import OBSERVED, SELF_DEFINED
from fcr_app.domain.equality.items import Item

_CENSUS_DAY = date(2021, 3, 21)
#: The harmonised lists changed little between the two censuses; older answers read by these.
_BEGINNING = date(2001, 4, 29)


def _census(item: Item, codes: tuple[Code, ...], version: str = "Census 2021") -> CodeList:
    return CodeList(
        item=item,
        version=version,
        since=_BEGINNING,
        source=f"Census of England and Wales, {_CENSUS_DAY:%-d %B %Y}",
        codes=codes,
    )


SEX = _census(
    Item.SEX,
    (
        Code(code="female", label="Female", label_cy="Benyw", group="female"),
        Code(code="male", label="Male", label_cy="Gwryw", group="male"),
    ),
)
GENDER_IDENTITY = _census(
    Item.GENDER_IDENTITY,
    (
        Code(code="same", label="Yes", label_cy="Ydy", group="same"),
        Code(code="different", label="No", label_cy="Nac ydy", group="different", write_in=True),
    ),
)
RELIGION = _census(
    Item.RELIGION,
    (
        Code(code="none", label="No religion", label_cy="Dim crefydd", group="none"),
        Code(
            code="christian",
            label="Christian (all denominations)",
            label_cy="Cristnogaeth (pob enwad)",
            group="christian",
        ),
        Code(code="buddhist", label="Buddhist", label_cy="Bwdhaeth", group="buddhist"),
        Code(code="hindu", label="Hindu", label_cy="Hindŵaeth", group="hindu"),
        Code(code="jewish", label="Jewish", label_cy="Iddewiaeth", group="jewish"),
        Code(code="muslim", label="Muslim", label_cy="Islam", group="muslim"),
        Code(code="sikh", label="Sikh", label_cy="Siciaeth", group="sikh"),
        Code(
            code="other",
            label="Any other religion or belief",
            label_cy="Unrhyw grefydd neu gred arall",
            group="other",
            write_in=True,
        ),
    ),
)
#: Disabled by the Act: a lasting condition that reduces what the person can do, a lot or a little.
DISABILITY = _census(
    Item.DISABILITY,
    (
        Code(code="no", label="No condition", label_cy="Dim cyflwr", group="not_disabled"),
        Code(code="yes_lot", label="Yes, a lot", label_cy="Ydy, yn fawr", group="disabled"),
        Code(code="yes_little", label="Yes, a little", label_cy="Ydy, ychydig", group="disabled"),
        Code(code="yes_not", label="Not at all", label_cy="Nac ydy o gwbl", group="not_disabled"),
    ),
)
ORIENTATION = _census(
    Item.ORIENTATION,
    (
        Code(
            code="heterosexual",
            label="Straight or heterosexual",
            label_cy="Syth neu heterorywiol",
            group="heterosexual",
        ),
        Code(
            code="gay_lesbian", label="Gay or lesbian", label_cy="Hoyw neu lesbiaidd", group="lgb"
        ),
        Code(code="bisexual", label="Bisexual", label_cy="Deurywiol", group="lgb"),
        Code(
            code="other",
            label="Other sexual orientation",
            label_cy="Cyfeiriadedd rhywiol arall",
            group="lgb",
            write_in=True,
        ),
    ),
)
#: Whoever lives apart is married or in a civil partnership until it is ended (section 8).
MARRIAGE = _census(
    Item.MARRIAGE,
    (
        Code(
            code="single",
            label="Never married and never in a civil partnership",
            label_cy="Erioed wedi priodi nac mewn partneriaeth sifil",
            group="neither",
        ),
        Code(code="married", label="Married", label_cy="Yn briod", group="married_or_partner"),
        Code(
            code="partner",
            label="In a civil partnership",
            label_cy="Mewn partneriaeth sifil",
            group="married_or_partner",
        ),
        Code(
            code="separated",
            label="Separated, but still married or in a civil partnership",
            label_cy="Wedi gwahanu, ond yn dal yn briod neu mewn partneriaeth sifil",
            group="married_or_partner",
        ),
        Code(
            code="divorced",
            label="Divorced, or was in a civil partnership that was ended",
            label_cy="Wedi ysgaru, neu wedi bod mewn partneriaeth sifil a ddaeth i ben",
            group="neither",
        ),
        Code(
            code="widowed",
            label="Widowed, or the surviving partner of a civil partnership",
            label_cy="Yn weddw, neu’r partner sy’n goroesi o bartneriaeth sifil",
            group="neither",
        ),
    ),
)
#: No standard exists. The 26 weeks after a birth are the Act's outside work (section 17).
PREGNANCY = _census(
    Item.PREGNANCY,
    (
        Code(code="yes", label="Yes", label_cy="Ydw", group="yes"),
        Code(code="no", label="No", label_cy="Nac ydw", group="no"),
    ),
    version="Equality Act 2010",
)

#: Every list, the oldest version first. Age has none: its value is a day or a number of years.
LISTS: Mapping[Item, tuple[CodeList, ...]] = {
    Item.SEX: (SEX,),
    Item.GENDER_IDENTITY: (GENDER_IDENTITY,),
    Item.ETHNICITY: SELF_DEFINED,
    Item.ETHNICITY_OBSERVED: (OBSERVED,),
    Item.RELIGION: (RELIGION,),
    Item.DISABILITY: (DISABILITY,),
    Item.ORIENTATION: (ORIENTATION,),
    Item.MARRIAGE: (MARRIAGE,),
    Item.PREGNANCY: (PREGNANCY,),
}


def code_list(item: Item, day: date) -> CodeList:
    """Return the list that an item's values are chosen from on a day.

    Raises:
        KeyError: For age, which has no list.
        RuleNotInForce: If there was none yet.
    """
    return list_on(LISTS[item], day)
