"""Ethnicity: as people define it (16+1, 18+1), and as an officer sees it (6+1). Never mixed.

What an officer sees never fills what a person would say (reference on data law, section 4.2).
"Not stated" is no value here but a reason for a missing one.
"""

from datetime import date

from fcr_app.domain.equality.codes import Code, CodeList
from fcr_app.domain.equality.items import Item

WHITE, MIXED, ASIAN, BLACK, OTHER = "white", "mixed", "asian", "black", "other"

_W1 = Code(
    code="W1",
    label="English, Welsh, Scottish, Northern Irish or British",
    label_cy="Cymreig, Seisnig, Albanaidd, Gwyddelig Gogledd Iwerddon neu Brydeinig",
    group=WHITE,
)
_W2 = Code(code="W2", label="Irish", label_cy="Gwyddelig", group=WHITE)
_W3 = Code(
    code="W3",
    label="Gypsy or Irish Traveller",
    label_cy="Sipsi neu Deithiwr Gwyddelig",
    group=WHITE,
)
_W9 = Code(
    code="W9",
    label="Any other White background",
    label_cy="Unrhyw gefndir Gwyn arall",
    group=WHITE,
    write_in=True,
)
_MIXED = (
    Code(
        code="M1",
        label="White and Black Caribbean",
        label_cy="Gwyn a Du Caribïaidd",
        group=MIXED,
    ),
    Code(
        code="M2", label="White and Black African", label_cy="Gwyn a Du Affricanaidd", group=MIXED
    ),
    Code(code="M3", label="White and Asian", label_cy="Gwyn ac Asiaidd", group=MIXED),
    Code(
        code="M9",
        label="Any other Mixed or Multiple background",
        label_cy="Unrhyw gefndir Cymysg neu Amlethnig arall",
        group=MIXED,
        write_in=True,
    ),
)
_ASIAN = (
    Code(code="A1", label="Indian", label_cy="Indiaidd", group=ASIAN),
    Code(code="A2", label="Pakistani", label_cy="Pacistanaidd", group=ASIAN),
    Code(code="A3", label="Bangladeshi", label_cy="Bangladeshaidd", group=ASIAN),
)
_A4 = Code(code="A4", label="Chinese", label_cy="Tsieineaidd", group=ASIAN)
_A9 = Code(
    code="A9",
    label="Any other Asian background",
    label_cy="Unrhyw gefndir Asiaidd arall",
    group=ASIAN,
    write_in=True,
)
_BLACK = (
    Code(code="B1", label="Caribbean", label_cy="Caribïaidd", group=BLACK),
    Code(code="B2", label="African", label_cy="Affricanaidd", group=BLACK, write_in=True),
    Code(
        code="B9",
        label="Any other Black background",
        label_cy="Unrhyw gefndir Du arall",
        group=BLACK,
        write_in=True,
    ),
)
_O2 = Code(code="O2", label="Arab", label_cy="Arabaidd", group=OTHER)
_O9 = Code(
    code="O9",
    label="Any other ethnic group",
    label_cy="Unrhyw grŵp ethnig arall",
    group=OTHER,
    write_in=True,
)

SIXTEEN = CodeList(
    item=Item.ETHNICITY,
    version="16+1 (2001)",
    since=date(2001, 4, 29),
    source="Police codes of self-defined ethnicity after the Census of 2001",
    codes=(
        _W1, _W2, _W9, *_MIXED, *_ASIAN, _A9, *_BLACK,
        Code(code="O1", label="Chinese", label_cy="Tsieineaidd", group=OTHER), _O9,
    ),
)  # fmt: skip
EIGHTEEN = CodeList(
    item=Item.ETHNICITY,
    version="18+1 (2011)",
    since=date(2011, 3, 27),
    source="Police codes of self-defined ethnicity after the Census of 2011",
    codes=(_W1, _W2, _W3, _W9, *_MIXED, *_ASIAN, _A4, _A9, *_BLACK, _O2, _O9),
)
SELF_DEFINED = (SIXTEEN, EIGHTEEN)

#: Codes of the older list that the newer one calls something else: Chinese moved to Asian.
RENAMED = {"O1": "A4"}

#: The groups, in the order of the form, with the headings it puts above their codes.
GROUPS = {
    WHITE: ("White", "Gwyn"),
    MIXED: ("Mixed or Multiple ethnic groups", "Grwpiau Cymysg neu Amlethnig"),
    ASIAN: (
        "Asian, Asian Welsh or Asian British",
        "Asiaidd, Asiaidd Cymreig neu Asiaidd Prydeinig",
    ),
    BLACK: (
        "Black, Black Welsh, Black British, Caribbean or African",
        "Du, Du Cymreig, Du Prydeinig, Caribïaidd neu Affricanaidd",
    ),
    OTHER: ("Other ethnic group", "Grŵp ethnig arall"),
}

OBSERVED = CodeList(
    item=Item.ETHNICITY_OBSERVED,
    version="6+1 (IC codes)",
    since=date(1975, 1, 1),
    source="Police codes of officer-observed ethnicity (IC codes)",
    codes=(
        Code(code="IC1", label="White, northern European", group="ic1"),
        Code(code="IC2", label="White, southern European", group="ic2"),
        Code(code="IC3", label="Black", group="ic3"),
        Code(code="IC4", label="Asian, from the Indian subcontinent", group="ic4"),
        Code(code="IC5", label="Chinese, Japanese or other South East Asian", group="ic5"),
        Code(code="IC6", label="Arab or North African", group="ic6"),
    ),
)
#: What older records write for "unknown": a missing value, with its reason.
OBSERVED_UNKNOWN = frozenset({"IC9", "IC0", "IC7"})


def current_code(code: str) -> str:
    """Return what a code of the older list is called in the newer one."""
    return RENAMED.get(code, code)
