"""The questions on paper: two sides of A4 to fill in by hand, in English or in Welsh."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app

from fcr_app.domain.equality import questions as q
from fcr_app.domain.equality.codes import CodeList
from fcr_app.domain.equality.ethnicity import GROUPS
from fcr_app.domain.equality.items import ASKED, INFO, Item
from fcr_app.domain.equality.language import Language
from fcr_app.reports.pdf import to_pdf


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """Boxes to tick, under a heading where there is one.

    Attributes:
        boxes: The words of each, and whether there is a line to write on.
    """

    heading: str = ""
    boxes: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class PaperQuestion:
    """One question on paper.

    Attributes:
        second: The second half of the question, with its boxes; empty for most.
        asks_date: There are boxes for a date of birth and an age.
    """

    text: str
    hint: str
    groups: tuple[Boxes, ...]
    second: str = ""
    second_boxes: tuple[tuple[str, bool], ...] = ()
    asks_date: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The whole form.

    Attributes:
        reference: The number of the record it is for; empty for a form for anybody.
    """

    language: Language
    title: str
    script: tuple[str, ...]
    tick_one: str
    prefer_not: str
    from_sixteen: str
    date_words: tuple[str, str, str, str]
    questions: tuple[PaperQuestion, ...]
    hand_back: str
    reference: str


def paper(
    language: Language, record_id: int | None, lists: Mapping[Item, CodeList], *, day: date
) -> Paper:
    """Return the form as it is printed on a day. Pregnancy is asked by a person, never on paper.

    Args:
        lists: The values of each item on that day, with those that were added as data.
    """
    return Paper(
        language=language,
        title=q.TITLE[language],
        script=tuple(sentence[language] for sentence in q.SCRIPT),
        tick_one=q.TICK_ONE[language],
        prefer_not=q.PREFER_NOT[language],
        from_sixteen=q.FROM_SIXTEEN[language],
        date_words=tuple(word[language] for word in (q.DAY, q.MONTH, q.YEAR, q.YEARS_OLD)),  # type: ignore[arg-type] # four of them
        questions=tuple(
            _question(item, language, lists, day)
            for item in ASKED
            if not INFO[item].only_if_relevant
        ),
        hand_back=q.HAND_BACK[language],
        reference=f"EQ {record_id}" if record_id else "",
    )


def paper_pdf(form: Paper) -> bytes:
    """Return the form as a PDF."""
    template = current_app.jinja_env.get_template("reports/equality_paper.html")
    return to_pdf(template.render(paper=form))


def _question(
    item: Item, language: Language, lists: Mapping[Item, CodeList], day: date
) -> PaperQuestion:
    asked = q.QUESTIONS[item]
    hints = [asked.hint[language]] if asked.hint else []
    if INFO[item].from_age:
        hints.append(q.FROM_SIXTEEN[language])
    if item is Item.AGE:
        return PaperQuestion(
            text=asked.text[language], hint=" ".join(hints), groups=(), asks_date=True
        )
    boxes = tuple(
        (code.label_cy if language is Language.WELSH else code.label, code.write_in, code.group)
        for code in lists[item].on(day)
    )
    if item is Item.DISABILITY:
        halves = ((q.YES[language], False), (q.NO[language], False))
        return PaperQuestion(
            text=asked.text[language],
            hint=" ".join(hints),
            groups=(Boxes(boxes=halves),),
            second=q.EFFECT[language],
            second_boxes=tuple((words, False) for words, _, _ in boxes[1:]),
        )
    groups = (
        tuple(_by_group(boxes, language))
        if item is Item.ETHNICITY
        else (Boxes(boxes=tuple((words, line) for words, line, _ in boxes)),)
    )
    return PaperQuestion(text=asked.text[language], hint=" ".join(hints), groups=groups)


def _by_group(boxes: tuple[tuple[str, bool, str], ...], language: Language) -> Iterator[Boxes]:
    for group, headings in GROUPS.items():
        heading = headings[1] if language is Language.WELSH else headings[0]
        mine = tuple((words, line) for words, line, of in boxes if of == group)
        yield Boxes(heading=heading, boxes=mine)
